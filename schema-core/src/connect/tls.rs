//! TLS by rustls: what of a server's certificate is verified, for each `sslmode`.

use std::{io, path::Path, sync::Arc};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_cert_signed_by_trust_anchor, verify_server_name,
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
    server::ParsedCertificate,
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{ConnectError, RootCertificates, TlsMode};

/// The connector for a mode.
pub(super) fn connector(
    mode: TlsMode,
    roots: &RootCertificates,
) -> Result<MakeRustlsConnect, ConnectError> {
    let provider = Arc::new(ring::default_provider());
    let verified = match mode {
        TlsMode::Disable | TlsMode::Allow | TlsMode::Prefer | TlsMode::Require => Verified::Nothing,
        TlsMode::VerifyCa => Verified::Issuer(Trusted::load(roots)?),
        TlsMode::VerifyFull => Verified::IssuerAndName(Trusted::load(roots)?),
    };
    let verifier = Verifier {
        verified,
        provider: Arc::clone(&provider),
    };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring supports the default protocol versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    // Servers from 17 on check it, and `sslnegotiation=direct` needs it.
    config.alpn_protocols = vec![b"postgresql".to_vec()];
    Ok(MakeRustlsConnect::new(config))
}

/// Whose signature counts.
#[derive(Debug)]
struct Trusted {
    certificates: Vec<CertificateDer<'static>>,
    store: RootCertStore,
}

impl Trusted {
    fn load(roots: &RootCertificates) -> Result<Self, ConnectError> {
        let certificates = match roots {
            RootCertificates::File(path) => read_file(path)?,
            RootCertificates::Unspecified | RootCertificates::System => read_system()?,
        };
        let mut store = RootCertStore::empty();
        // A system's store may hold certificates too odd for rustls; the others still count.
        store.add_parsable_certificates(certificates.iter().cloned());
        Ok(Self {
            certificates,
            store,
        })
    }
}

fn read_file(path: &Path) -> Result<Vec<CertificateDer<'static>>, ConnectError> {
    let unreadable =
        |source: Box<dyn std::error::Error + Send + Sync>| ConnectError::RootCertificates {
            path: Some(path.to_owned()),
            source,
        };
    let text = std::fs::read(path).map_err(|error| unreadable(error.into()))?;
    let certificates = CertificateDer::pem_slice_iter(&text)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| unreadable(error.into()))?;
    if certificates.is_empty() {
        return Err(unreadable("the file holds no PEM certificate".into()));
    }
    Ok(certificates)
}

fn read_system() -> Result<Vec<CertificateDer<'static>>, ConnectError> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        let reason = match found.errors.into_iter().next() {
            Some(error) => error.into(),
            None => io::Error::new(io::ErrorKind::NotFound, "the store is empty").into(),
        };
        return Err(ConnectError::RootCertificates {
            path: None,
            source: reason,
        });
    }
    Ok(found.certs)
}

/// What is verified beside the handshake's signature.
#[derive(Debug)]
enum Verified {
    Nothing,
    Issuer(Trusted),
    IssuerAndName(Trusted),
}

#[derive(Debug)]
struct Verifier {
    verified: Verified,
    provider: Arc<CryptoProvider>,
}

impl Verifier {
    fn verify_issuer(
        &self,
        trusted: &Trusted,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<(), Error> {
        // The usual self-made certificate is its own root; OpenSSL takes it when it is given as one, while rustls
        // would refuse a root at a server's place.
        if trusted
            .certificates
            .iter()
            .any(|certificate| certificate == end_entity)
        {
            return Ok(());
        }
        verify_server_cert_signed_by_trust_anchor(
            &ParsedCertificate::try_from(end_entity)?,
            &trusted.store,
            intermediates,
            now,
            self.provider.signature_verification_algorithms.all,
        )
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match &self.verified {
            Verified::Nothing => {}
            Verified::Issuer(trusted) => {
                self.verify_issuer(trusted, end_entity, intermediates, now)?
            }
            Verified::IssuerAndName(trusted) => {
                self.verify_issuer(trusted, end_entity, intermediates, now)?;
                let certificate = ParsedCertificate::try_from(end_entity)
                    .map_err(|_| Error::InvalidCertificate(CertificateError::BadEncoding))?;
                verify_server_name(&certificate, server_name)?;
            }
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

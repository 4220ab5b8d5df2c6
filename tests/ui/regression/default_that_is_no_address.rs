use schema_core::Table;

#[derive(Table)]
struct Host {
    #[column(primary_key)]
    id: i64,
    #[column(default = "08:00:2b")]
    hardware: eui48::MacAddress,
    #[column(default = "192.0.2.1/24")]
    network: cidr::IpCidr,
    #[column(default = "192.0.2.256")]
    address: std::net::IpAddr,
}

fn main() {}

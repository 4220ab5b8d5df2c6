# The guard of a throw-away server: waits until nobody uses it, then stops it and deletes its
# directory. Run by `sh -c` as: sh <directory> <pg_ctl> <seconds to linger>
#
# Every user holds the named pipe `alive` open for writing, and the system closes it when a user
# ends, however that happens. Reading it therefore ends when the last user is gone.
directory=$1 pg_ctl=$2 linger=$3

cd "$directory" && mkfifo -m 600 alive || exit 1
# Opening for both first, since opening for reading alone would wait for a writer.
exec 4<>alive 3<alive 4>&-
echo ready
exec >/dev/null 2>&1
# Ends when our maker has opened `alive`, or is dead.
read -r _

while :; do
    cat <&3
    [ "$linger" -eq 0 ] && break
    # The next test binary of a run may be about to come.
    before=$(date +%s)
    sleep "$linger"
    cat <&3
    after=$(date +%s)
    [ $((after - before)) -le $((linger + 1)) ] && break
done

# After this nobody can join; whoever has joined just before is waited for.
mv alive ended
cat <&3

pid=$(head -n 1 data/postmaster.pid) || pid=
# Never signal a stranger that carries a dead server's number.
if [ -n "$pid" ] && { [ ! -e /proc/self/cwd ] || [ "$(readlink "/proc/$pid/cwd")" = "$(pwd -P)/data" ]; }; then
    "$pg_ctl" stop -D data -m immediate -w -t 30 || kill -KILL "$pid"
fi
cd / && rm -rf "$directory"

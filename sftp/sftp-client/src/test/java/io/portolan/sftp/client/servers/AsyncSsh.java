package io.portolan.sftp.client.servers;

import io.portolan.testing.FreePorts;
import io.portolan.testing.Peer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** AsyncSSH, of Python. */
final class AsyncSsh {

    /** The system's: another has other packages. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final String USER = "alice";

    private AsyncSsh() {}

    static ForeignServer start() throws Exception {
        return start(ServerFiles.create());
    }

    /** With certificates: it looks for them itself. */
    static ForeignServer certified() throws Exception {
        ServerFiles files = ServerFiles.create();
        files.certify();
        return start(files);
    }

    private static ForeignServer start(ServerFiles files) throws Exception {
        Process probe = new ProcessBuilder(PYTHON, "-c", "import asyncssh").start();
        if (!probe.waitFor(1, TimeUnit.MINUTES) || probe.exitValue() != 0) {
            throw Peer.missing("python3-asyncssh");
        }
        int port = FreePorts.inARow(1);
        Path script = files.write("server.py", """
                import asyncio
                import asyncssh

                class Server(asyncssh.SSHServer):
                    def begin_auth(self, username):
                        return True
                    def password_auth_supported(self):
                        return True
                    def validate_password(self, username, password):
                        return username == "%s" and password == "%s"

                class Files(asyncssh.SFTPServer):
                    def __init__(self, chan):
                        super().__init__(chan, chroot="%s")

                async def main():
                    await asyncssh.create_server(Server, "127.0.0.1", %d, server_host_keys=[%s],
                                                 authorized_client_keys="%s", sftp_factory=Files)
                    await asyncio.get_event_loop().create_future()

                asyncio.run(main())
                """.formatted(
                        USER,
                        ForeignServer.PASSWORD,
                        files.root(),
                        port,
                        files.hostKeys().stream().map(key -> "\"" + key + "\"").collect(Collectors.joining(", ")),
                        files.userKey() + ".pub"));
        return ServerProcess.start(files, port, USER, "", new ProcessBuilder(List.of(PYTHON, script.toString())));
    }
}

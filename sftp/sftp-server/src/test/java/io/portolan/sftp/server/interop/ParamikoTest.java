package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Python's paramiko, which has its own form of check-file. */
class ParamikoTest extends SftpPeerTest {

    /** Where Debian's package of paramiko is found; another Python may come first in the path. */
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private static final String SCRIPT = """
            import hashlib, sys, paramiko
            transport = paramiko.Transport(("127.0.0.1", int(sys.argv[1])))
            transport.connect(username=sys.argv[2], password=sys.argv[3])
            sftp = paramiko.SFTPClient.from_transport(transport)
            content = bytes(range(256)) * 4000
            with sftp.open("/f", "wb") as f:
                f.set_pipelined(True)
                f.write(content)
            with sftp.open("/f", "rb") as f:
                f.prefetch()
                assert f.read() == content
                assert f.check("sha1") == hashlib.sha1(content).digest()
                blocks = f.check("md5", 256, 1024, 512)
                assert blocks == hashlib.md5(content[256:768]).digest() + hashlib.md5(content[768:1280]).digest()
            sftp.chmod("/f", 0o640)
            sftp.utime("/f", (1700000000, 1700000001))
            told = sftp.stat("/f")
            assert told.st_mode == 0o100640 and told.st_mtime == 1700000001 and told.st_size == len(content)
            sftp.mkdir("/d")
            sftp.rename("/f", "/d/g")
            sftp.symlink("g", "/d/ln")
            assert sftp.readlink("/d/ln") == "g"
            assert sorted(sftp.listdir("/d")) == ["g", "ln"]
            assert sftp.normalize("d/../d") == "/d"
            transport.close()
            """;

    @Test
    void movesAndChecksFiles() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON) && python("-c", "import paramiko").exit() == 0, "no paramiko");
        serve(Storage.MEMORY);

        Ended ended = python("-c", SCRIPT, port(), USER, PASSWORD);

        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(server.read("/d/g")).hasSize(256 * 4000);
    }

    private record Ended(int exit, String output) {}

    private Ended python(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(PYTHON.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "python", "");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it hangs: " + Files.readString(output));
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}

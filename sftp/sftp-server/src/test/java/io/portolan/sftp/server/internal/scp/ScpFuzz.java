package io.portolan.sftp.server.internal.scp;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.testing.WatchedFiles;
import io.portolan.testing.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The other end of an scp: its command line up to the first line's end, and then what it sends. */
public final class ScpFuzz implements FuzzTarget {

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "scp -t .\nC0644 5 a.txt\nhello\0E\n",
                        "scp -r -p -t /home\nT1000 0 2000 0\nD0755 0 d\nT1 0 2 0\nC0600 3 x\nabc\0E\n",
                        "scp -r -d -t 'a dir'\nD0755 0 d\nD0700 0 e\nE\nE\n",
                        "scp -v -f file\n\0\0\0",
                        "scp -p -r -f -- \"d\"\n\0\0\0\0\0\0\0\0")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    @Override
    public void take(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int line = text.indexOf('\n');
        if (line < 0 || ScpCommand.parse(text.substring(0, line)).isEmpty()) {
            return;
        }
        WatchedFiles files = new WatchedFiles(someFiles());
        CopyDriver driver = new CopyDriver(text.substring(0, line), files.files());
        driver.send(Arrays.copyOfRange(input, line + 1, input.length));
        driver.end();
        assertThat(driver.copy.isEnded()).isTrue();
        assertThat(files.open()).as("left open").isEmpty();
    }

    private static VirtualFileSystem someFiles() throws IOException {
        VirtualFileSystem files = InMemoryFileSystem.create();
        files.createDirectory(VirtualPath.of("/home"));
        files.createDirectory(VirtualPath.of("/home/d"));
        for (String path : List.of("/home/file", "/home/d/x")) {
            try (WritableFile file = files.openWrite(VirtualPath.of(path), WriteMode.REPLACE)) {
                file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
                file.commit();
            }
        }
        return files;
    }
}

package io.portolan.sftp.client.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** A server that is a process and speaks SFTP by its standard streams, as OpenSSH's sftp-server does. */
public final class ProcessPeer implements TestServer.Peer {

    private static final int BUFFER = 64 * 1024;

    private final Process process;
    private final ExecutorService writer = Executors.newSingleThreadExecutor();

    private ProcessPeer(Process process) {
        this.process = process;
    }

    /** OpenSSH's, if it is installed. */
    public static Optional<Path> openSsh() {
        return Stream.of("/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/libexec/sftp-server")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a process in a directory. */
    public static ProcessPeer start(Path program, Path directory) throws IOException {
        return new ProcessPeer(new ProcessBuilder(program.toString())
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    @Override
    public void toClient(TestServer.Line line) {
        Thread thread = new Thread(
                () -> {
                    try (InputStream in = process.getInputStream()) {
                        byte[] buffer = new byte[BUFFER];
                        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                            line.send(Unpooled.copiedBuffer(buffer, 0, count));
                        }
                    } catch (IOException | RejectedExecutionException e) {
                        // the process has ended, or nobody listens any more
                    }
                    try {
                        line.close();
                    } catch (RejectedExecutionException e) {
                        // nobody does
                    }
                },
                "sftp-server-output");
        thread.start();
    }

    @Override
    public void fromClient(ByteBuf data) {
        byte[] octets = new byte[data.readableBytes()];
        data.readBytes(octets);
        data.release();
        writer.execute(() -> {
            try {
                OutputStream out = process.getOutputStream();
                out.write(octets);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void end() {
        writer.shutdownNow();
        process.destroy();
    }
}

package io.portolan.sftp.server.internal.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.server.internal.engine.SftpEngine;
import io.portolan.sftp.server.internal.request.StandardGreeting;
import io.portolan.ssh.internal.connection.SshChannel;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * An SFTP server on standard input and output, for {@code sftp -D}: the engine and a real client, without SSH between them. Arguments: a directory to serve.
 */
public final class StandardStreams implements SshChannel {

    private static final int WINDOW = 4 << 20;

    private final EventLoop loop = new DefaultEventLoop();
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final Semaphore credit = new Semaphore(WINDOW);

    private StandardStreams() {}

    /** Serves until the client closes its end. */
    public static void main(String[] arguments) throws Exception {
        System.setOut(System.err);
        new StandardStreams().serve(files(arguments[0]));
    }

    private static VirtualFileSystem files(String where) throws IOException {
        if (where.equals("memory")) {
            return InMemoryFileSystem.create();
        }
        if (where.startsWith("forward:")) {
            return new ForwardOnly(PathFileSystem.of(Path.of(where.substring(8))));
        }
        if (where.startsWith("readonly:")) {
            return FileSystems.readOnly(PathFileSystem.of(Path.of(where.substring(9))));
        }
        return PathFileSystem.of(Path.of(where));
    }

    private void serve(VirtualFileSystem files) throws Exception {
        ExecutorService workers = Executors.newCachedThreadPool();
        ByteBufAllocator allocator = new PooledByteBufAllocator(false);
        SftpEngine engine = loop.submit(
                        () -> new SftpEngine(this, allocator, Services.of(files, workers), new StandardGreeting()))
                .get();
        try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
            byte[] octets = new byte[32 * 1024];
            int count = in.read(octets);
            while (count >= 0) {
                byte[] copy = Arrays.copyOf(octets, count);
                credit.acquire(count);
                loop.execute(() -> engine.received(Unpooled.wrappedBuffer(copy)));
                count = in.read(octets);
            }
        }
        loop.submit(engine::closed).get();
        loop.shutdownGracefully().sync();
        workers.shutdown();
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public void write(ByteBuf data) {
        try {
            data.readBytes(out, data.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            data.release();
        }
    }

    @Override
    public long pending() {
        return 0;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void consumed(int octets) {
        credit.release(octets);
    }

    @Override
    public void finish(int exitStatus) {
        System.exit(exitStatus);
    }
}

package io.portolan.sftp.client.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.portolan.sftp.client.internal.connect.SshClientConnection;
import io.portolan.ssh.internal.connection.SshChannel;
import io.portolan.ssh.internal.connection.SshChannelListener;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Says INIT of SFTP, and takes whatever comes. */
public final class SubsystemProbe implements SshChannelListener {

    private static final byte[] INIT = {0, 0, 0, 5, 1, 0, 0, 0, 3};

    private final SshChannel channel;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    public final CompletableFuture<Integer> version = new CompletableFuture<>();
    public final CompletableFuture<Void> closed = new CompletableFuture<>();

    public SubsystemProbe(SshChannel channel) {
        this.channel = channel;
    }

    public void init() {
        channel.write(Unpooled.wrappedBuffer(INIT));
    }

    /** Opens the subsystem over a connection, on whose event loop it is called, and completes with the server's version of SFTP. */
    public static CompletableFuture<Integer> versionOver(SshClientConnection connection) {
        AtomicReference<SubsystemProbe> made = new AtomicReference<>();
        return connection
                .openSubsystem("sftp", channel -> {
                    made.set(new SubsystemProbe(channel));
                    return made.get();
                })
                .thenCompose(open -> {
                    made.get().init();
                    return made.get().version;
                });
    }

    @Override
    public void received(ByteBuf data) {
        byte[] octets = new byte[data.readableBytes()];
        data.readBytes(octets);
        data.release();
        channel.consumed(octets.length);
        received.writeBytes(octets);
        byte[] all = received.toByteArray();
        // length, VERSION, the number
        if (all.length >= 9 && all[4] == 2) {
            version.complete((int) all[8]);
        }
    }

    @Override
    public void eof() {
        // closed() comes as well
    }

    @Override
    public void writable() {
        // nothing waits for that
    }

    @Override
    public void closed() {
        version.completeExceptionally(new IllegalStateException("closed"));
        closed.complete(null);
    }
}

package io.portolan.ftp.server.internal.transfer;

import io.netty.channel.Channel;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import java.nio.channels.FileChannel;

/** Hands a whole file to the kernel, which sends it by itself ({@code sendfile}). */
final class ZeroCopyPump extends OutgoingPump {

    private final Channel channel;
    private final FileRegion region;
    private boolean sent;

    ZeroCopyPump(Channel channel, FileChannel file, long position, long length, Listener listener) {
        super(listener);
        this.channel = channel;
        // the native transports look into the platform's own channel, so it cannot be wrapped; the region closes it,
        // early but harmlessly
        this.region = new DefaultFileRegion(file, position, length);
    }

    @Override
    public void start() {
        channel.config().setAutoRead(true);
        channel.writeAndFlush(region.retain()).addListener(future -> {
            if (isStopped()) {
                return;
            }
            sent = true;
            if (future.isSuccess()) {
                listener().pumped();
            } else {
                listener().connectionFailed(future.cause());
            }
        });
    }

    @Override
    public void stop() {
        super.stop();
        region.release();
    }

    @Override
    public long bytes() {
        return region.transferred();
    }

    @Override
    public boolean waitsForPeer() {
        return !sent;
    }
}

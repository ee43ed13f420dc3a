package io.portolan.ftp.client.internal.transfer;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** What has become of a transfer's data. */
sealed interface DataHalf {

    /** There is no connection yet. */
    record Awaited() implements DataHalf {}

    /** There is one, and nothing moves before the server has accepted the command. */
    record Connected(Channel channel) implements DataHalf {}

    /** Octets move. */
    record Moving(Channel channel, Pump pump) implements DataHalf {}

    /** All have been moved. */
    record Moved(long octets) implements DataHalf {}

    /** The connection has not come about or has broken. */
    record Broken(Throwable cause, long octets) implements DataHalf {}

    /** The connection, if there is one that may still be open. */
    default @Nullable Channel open() {
        if (this instanceof Connected connected) {
            return connected.channel();
        }
        return this instanceof Moving moving ? moving.channel() : null;
    }
}

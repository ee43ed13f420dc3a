package io.portolan.ssh.internal.connection;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.List;

/**
 * The channels of a connection by the number that the peer uses for them. Numbers are unsigned 32-bit ones and used again only after all others, so that a message for a
 * channel that is gone never hits another.
 */
final class ChannelTable {

    private final IntObjectMap<OpenChannel> channels = new IntObjectHashMap<>();
    private final int maxChannels;
    private int next;

    ChannelTable(int maxChannels) {
        this.maxChannels = maxChannels;
    }

    boolean isFull() {
        return channels.size() >= maxChannels;
    }

    /** A number that no channel has. */
    int newId() {
        while (channels.containsKey(next)) {
            next++;
        }
        return next++;
    }

    void add(OpenChannel channel) {
        channels.put(channel.localId(), channel);
    }

    /**
     * A channel by its number.
     *
     * @throws SshProtocolException if there is none, or not any more
     */
    OpenChannel get(long id) throws SshProtocolException {
        OpenChannel channel = channels.get((int) id);
        if (channel == null) {
            throw SshProtocolException.malformed("a message for channel " + id + ", which is not open");
        }
        return channel;
    }

    void remove(OpenChannel channel) {
        channels.remove(channel.localId());
    }

    /** All of them, as they are now. */
    List<OpenChannel> all() {
        return List.copyOf(channels.values());
    }
}

package io.portolan.ssh.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.wire.SshMessageNumber;

/** A message that was sent. */
final class Sent {

    private final byte[] octets;

    Sent(byte[] octets) {
        this.octets = octets;
    }

    byte[] octets() {
        return octets;
    }

    SshMessageNumber number() {
        return SshMessageNumber.of(octets[0] & 0xff).get(0);
    }

    /** The n-th uint32 behind the number. */
    long uint32(int n) {
        return Unpooled.wrappedBuffer(octets).getUnsignedInt(1 + Integer.BYTES * n);
    }

    long recipient() {
        return uint32(0);
    }

    /** Octets of data, in a message of data. */
    int dataOctets() {
        assertThat(number()).isEqualTo(SshMessageNumber.CHANNEL_DATA);
        assertThat(uint32(1)).isEqualTo(octets.length - 9);
        return octets.length - 9;
    }

    @Override
    public String toString() {
        return number() + " " + (octets.length - 1);
    }
}

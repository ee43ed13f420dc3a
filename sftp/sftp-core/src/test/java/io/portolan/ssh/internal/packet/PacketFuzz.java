package io.portolan.ssh.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.testing.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The packet layer: an octet that says which cipher, one that says in pieces of what size the octets come, and then what is on the wire. */
public final class PacketFuzz implements FuzzTarget {

    private static final long KEYS = 7;
    private static final List<Protection> PROTECTIONS = Protection.all();

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int cipher = 0; cipher <= PROTECTIONS.size(); cipher++) {
            ByteArrayOutputStream seed = new ByteArrayOutputStream();
            seed.write(cipher);
            seed.write(cipher * 16);
            try (PacketChannel sender = channel(cipher)) {
                for (int size : new int[] {1, 7, 100, 700}) {
                    byte[] payload = new byte[size];
                    payload[0] = 94;
                    seed.writeBytes(sender.packet(payload));
                }
            }
            seeds.add(seed.toByteArray());
        }
        return seeds;
    }

    private static PacketChannel channel(int cipher) {
        int chosen = cipher % (PROTECTIONS.size() + 1);
        return chosen == 0 ? new PacketChannel() : PacketChannel.with(PROTECTIONS.get(chosen - 1), KEYS);
    }

    @Override
    public void take(byte[] input) {
        if (input.length < 2) {
            return;
        }
        try (PacketChannel receiver = channel(input[0] & 0xff)) {
            int piece = 1 + (input[1] & 0xff);
            for (int at = 2; at < input.length; at += piece) {
                receiver.receive(Arrays.copyOfRange(input, at, Math.min(input.length, at + piece)));
            }
            receiver.payloads();
            assertThat(receiver.failures())
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(failure -> failure instanceof SshProtocolException);
        }
    }
}

package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.portolan.ssh.internal.kex.KexInit;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.fuzz.FuzzTarget;
import io.portolan.testing.fuzz.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What is said under keys: an octet that says to which end, and then messages. */
public final class TransportFuzz implements FuzzTarget {

    @Override
    public List<byte[]> seeds() {
        byte[] kexInit = new KexInit(SshPair.ALGORITHMS, true).encode(SshPair.RANDOM);
        byte[] share = new SshWriter().writeByte(30).writeString(new byte[32]).toByteArray();
        byte[] newKeys = {21};
        byte[] extensions = new ExtensionInfo(Map.of("server-sig-algs", "ssh-ed25519,rsa-sha2-256")).encode();
        byte[] ping = new SshWriter().writeByte(192).writeString("ping").toByteArray();
        byte[] ignore = new SshWriter().writeByte(2).writeString("ignored").toByteArray();
        byte[] unimplemented = new SshWriter().writeByte(3).writeUint32(7).toByteArray();
        byte[] debug = new SshWriter()
                .writeByte(4)
                .writeBoolean(true)
                .writeString("debug")
                .writeString("")
                .toByteArray();
        byte[] goodbye = new SshWriter()
                .writeByte(1)
                .writeUint32(11)
                .writeString("bye")
                .writeString("")
                .toByteArray();
        List<byte[]> seeds = new ArrayList<>();
        for (byte end = 0; end < 2; end++) {
            seeds.add(input(end, extensions, ping, ignore, unimplemented, debug, goodbye));
            seeds.add(input(end, kexInit, share, newKeys, ping));
            seeds.add(input(end, ping, kexInit, share, ping));
        }
        return seeds;
    }

    private static byte[] input(byte end, byte[]... messages) {
        byte[] joined = Messages.join(List.of(messages));
        byte[] input = new byte[1 + joined.length];
        input[0] = end;
        System.arraycopy(joined, 0, input, 1, joined.length);
        return input;
    }

    @Override
    public int times() {
        // each begins with an exchange of keys
        return 300;
    }

    @Override
    public void take(byte[] input) {
        if (input.length == 0) {
            return;
        }
        try (SshPair pair = SshPair.withSettings(SshPair.SETTINGS)) {
            pair.run();
            SshPair.End attacker = input[0] % 2 == 0 ? pair.client : pair.server;
            SshPair.End victim = input[0] % 2 == 0 ? pair.server : pair.client;
            for (byte[] message : Messages.split(Arrays.copyOfRange(input, 1, input.length))) {
                if (message.length > 0 && victim.channel.isOpen()) {
                    attacker.forge(Unpooled.wrappedBuffer(message));
                    victim.receive(attacker.takeOctets());
                    attacker.receive(victim.takeOctets());
                }
            }
            victim.channel.checkException();
            if (victim.hasFailed()) {
                assertThat(victim.failure()).isInstanceOf(SshProtocolException.class);
                assertThat(victim.channel.isOpen()).isFalse();
            }
        }
    }
}

package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.internal.kex.KexInit;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.testing.fuzz.FuzzTarget;
import java.util.List;
import java.util.Map;

/** The lists of algorithms and extensions that come before anybody is known. */
public final class KexInitFuzz implements FuzzTarget {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                new KexInit(SshPair.ALGORITHMS, false).encode(SshPair.RANDOM),
                new KexInit(SshPair.ALGORITHMS, true).encode(SshPair.RANDOM),
                new ExtensionInfo(Map.of("server-sig-algs", "ssh-ed25519,rsa-sha2-256", "ping@openssh.com", "0"))
                        .encode());
    }

    @Override
    public void take(byte[] input) throws SshProtocolException {
        try {
            KexInit read = KexInit.decode(input);
            assertThat(KexInit.decode(read.encode(SshPair.RANDOM))).isEqualTo(read);
        } catch (SshProtocolException expected) {
            // refused
        }
        if (input.length > 0) {
            try {
                ExtensionInfo read = ExtensionInfo.decode(input);
                assertThat(ExtensionInfo.decode(read.encode())).isEqualTo(read);
            } catch (SshProtocolException expected) {
                // refused
            }
        }
    }
}

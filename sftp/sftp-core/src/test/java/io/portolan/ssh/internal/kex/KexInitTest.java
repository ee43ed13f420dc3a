package io.portolan.ssh.internal.kex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class KexInitTest {

    private static final AlgorithmProposal PROPOSAL = new AlgorithmProposal(
            List.of("k1", "ext-info-c"),
            List.of("h"),
            List.of("c1"),
            List.of("c2"),
            List.of("m1"),
            List.of("m2"),
            List.of("none"),
            List.of("none", "z"));

    private static byte[] encoded(boolean guess) {
        return new KexInit(PROPOSAL, guess).encode(new SecureRandom());
    }

    private static void refused(byte[] payload) {
        assertThatExceptionOfType(SshProtocolException.class).isThrownBy(() -> KexInit.decode(payload));
    }

    @Test
    void eachFieldIsWhereTheRfcHasIt() {
        byte[] payload = encoded(true);
        byte[] expected = new SshWriter()
                .writeByte(20)
                .writeBytes(Arrays.copyOfRange(payload, 1, 17)) // cookie
                .writeString("k1,ext-info-c")
                .writeString("h")
                .writeString("c1") // client to server
                .writeString("c2") // server to client
                .writeString("m1")
                .writeString("m2")
                .writeString("none")
                .writeString("none,z")
                .writeString("") // languages
                .writeString("")
                .writeByte(1) // first_kex_packet_follows
                .writeUint32(0)
                .toByteArray();
        assertThat(payload).isEqualTo(expected);
    }

    @Test
    void cookiesDiffer() {
        assertThat(encoded(false)).isNotEqualTo(encoded(false));
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        assertThat(KexInit.decode(encoded(true))).isEqualTo(new KexInit(PROPOSAL, true));
        assertThat(KexInit.decode(encoded(false))).isEqualTo(new KexInit(PROPOSAL, false));
    }

    @Test
    void aReservedNumberThatIsNotZeroIsNoReasonToEnd() throws Exception {
        byte[] payload = encoded(false);
        payload[payload.length - 1] = 1;
        assertThat(KexInit.decode(payload).algorithms()).isEqualTo(PROPOSAL);
    }

    @Test
    void languagesAreReadAndForgotten() throws Exception {
        byte[] payload = encoded(false);
        SshWriter withLanguage = new SshWriter()
                .writeBytes(payload, 0, payload.length - 13)
                .writeString("en")
                .writeString("de,fr")
                .writeBoolean(false)
                .writeUint32(0);
        assertThat(KexInit.decode(withLanguage.toByteArray()).algorithms()).isEqualTo(PROPOSAL);
    }

    @Test
    void trailingOctetsAndOtherMessagesAreRefused() {
        byte[] payload = encoded(false);
        refused(Arrays.copyOf(payload, payload.length + 1));
        payload[0] = 21;
        refused(payload);
    }

    @Test
    void eachTruncationIsRefused() {
        byte[] payload = encoded(false);
        for (int i = 0; i < payload.length; i++) {
            refused(Arrays.copyOf(payload, i));
        }
    }

    @Property(tries = 500)
    void hostileOctetsAreRefusedAndNothingElseHappens(@ForAll @Size(max = 200) byte[] octets) {
        byte[] payload = new SshWriter().writeByte(20).writeBytes(octets).toByteArray();
        try {
            KexInit.decode(payload);
        } catch (SshProtocolException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}

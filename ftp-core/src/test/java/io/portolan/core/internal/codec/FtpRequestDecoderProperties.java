package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class FtpRequestDecoderProperties {

    private static final int MAX_LINE = 100;

    /** Octets among which those that mean something are frequent. */
    @Provide
    Arbitrary<byte[]> hostileOctets() {
        Arbitrary<Byte> meaningful = Arbitraries.of(
                (byte) 255,
                (byte) 254,
                (byte) 253,
                (byte) 250,
                (byte) 244,
                (byte) 242,
                (byte) 240,
                (byte) '\r',
                (byte) '\n',
                (byte) 0,
                (byte) ' ',
                (byte) 'a');
        return Arbitraries.frequencyOf(Tuple.of(3, meaningful), Tuple.of(2, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(150);
    }

    @Provide
    Arbitrary<FtpRequest> requests() {
        Arbitrary<String> verbs =
                Arbitraries.strings().withCharRange('A', 'Z').ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> arguments = Arbitraries.strings()
                .excludeChars('\r', '\n', '\0')
                .ofMaxLength(200)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
        return Combinators.combine(verbs, arguments).as(FtpRequest::new);
    }

    private static List<Object> decode(int maxLine, byte[]... parts) {
        try (CodecChannel channel = new CodecChannel(new FtpRequestDecoder(maxLine, ControlCharset.UTF_8))) {
            for (byte[] part : parts) {
                channel.receive(part);
                assertThat(channel.held()).isLessThanOrEqualTo(4L * maxLine);
            }
            return channel.received();
        }
    }

    @Property(tries = 100)
    void aSplitAtAnyIndexChangesNothing(@ForAll("hostileOctets") byte[] octets) {
        List<Object> whole = decode(MAX_LINE, octets);
        for (int i = 0; i <= octets.length; i++) {
            assertThat(decode(MAX_LINE, Arrays.copyOf(octets, i), Arrays.copyOfRange(octets, i, octets.length)))
                    .isEqualTo(whole);
        }
    }

    @Property(tries = 100)
    void singleOctetsGiveTheSameAsOnePiece(@ForAll("hostileOctets") byte[] octets) {
        byte[][] parts = new byte[octets.length][];
        for (int i = 0; i < octets.length; i++) {
            parts[i] = new byte[] {octets[i]};
        }
        assertThat(decode(MAX_LINE, parts)).isEqualTo(decode(MAX_LINE, octets));
    }

    @Property(tries = 300)
    void whateverComesIsARequestOrMalformedAndNeverAnException(@ForAll("hostileOctets") byte[] octets) {
        assertThat(decode(MAX_LINE, octets)).allMatch(message -> message instanceof RequestLine);
    }

    @Property(tries = 300)
    void whatTheClientSendsTheServerReads(@ForAll("requests") FtpRequest request) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        var encoded = FtpRequestEncoder.encode(request, ControlCharset.UTF_8, UnpooledByteBufAllocator.DEFAULT);
        wire.writeBytes(ByteBufUtil.getBytes(encoded));
        encoded.release();
        assertThat(decode(1000, wire.toByteArray())).containsExactly(request);
    }
}

package io.portolan.sftp.internal.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

final class AttributeProperties {

    private static final Arbitrary<Instant> TIMES = Combinators.combine(
                    Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L),
                    Arbitraries.frequency(Tuple.of(1, 0), Tuple.of(1, 1), Tuple.of(1, 999_999_999)))
            .as(Instant::ofEpochSecond);
    private static final Arbitrary<String> NAMES = Arbitraries.strings()
            .ofMaxLength(20)
            .filter(text -> {
                byte[] octets = text.getBytes(StandardCharsets.UTF_8);
                return text.equals(new String(octets, StandardCharsets.UTF_8));
            });

    /** Attributes of which any may be missing. */
    @Provide
    Arbitrary<SftpAttributes> attributes() {
        Arbitrary<Integer> masks = Arbitraries.integers().between(0, 0xffff);
        Arbitrary<List<ExtendedAttribute>> extended = Combinators.combine(
                        NAMES, Arbitraries.bytes().array(byte[].class).ofMaxSize(9))
                .as(ExtendedAttribute::new)
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        masks,
                        Arbitraries.of(SftpFileType.class),
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        Arbitraries.longs().between(0, 0xffff_ffffL),
                        NAMES,
                        Arbitraries.integers().between(0, 07777),
                        TIMES,
                        extended)
                .as(AttributeProperties::make);
    }

    private static SftpAttributes make(
            int mask,
            SftpFileType type,
            long size,
            long number,
            String name,
            int permissions,
            Instant time,
            List<ExtendedAttribute> extended) {
        SftpAttributes.Builder out = SftpAttributes.builder().type(type).extended(extended);
        if ((mask & 1) != 0) {
            out.size(size);
        }
        if ((mask & 2) != 0) {
            out.ids(number, number ^ 1);
        }
        if ((mask & 4) != 0) {
            out.permissions(permissions);
        }
        if ((mask & 8) != 0) {
            out.accessed(time);
        }
        if ((mask & 0x10) != 0) {
            out.created(time.plusSeconds(1));
        }
        if ((mask & 0x20) != 0) {
            out.modified(time.plusNanos(1));
        }
        if ((mask & 0x80) != 0) {
            out.ownership(name, name + "s");
        }
        if ((mask & 0x200) != 0) {
            out.bits(number, number >>> 1);
        }
        if ((mask & 0x400) != 0) {
            out.allocationSize(size);
        }
        if ((mask & 0x800) != 0) {
            out.textHint((int) number);
        }
        if ((mask & 0x1000) != 0) {
            out.mimeType(name);
        }
        if ((mask & 0x2000) != 0) {
            out.linkCount(number);
        }
        if ((mask & 0x4000) != 0) {
            out.untranslatedName(new byte[] {(byte) number});
        }
        if ((mask & 0x8000) != 0) {
            out.changed(time);
        }
        return out.build();
    }

    private static byte[] write(SftpAttributes attributes, int version) {
        SshWriter out = new SshWriter();
        AttributeCodec.write(out, attributes, version);
        return out.toByteArray();
    }

    @Property(tries = 500)
    void whatVersion6WritesComesBack(@ForAll("attributes") SftpAttributes attributes) throws Exception {
        SftpAttributes back = AttributeCodec.read(new SshReader(write(attributes, 6)), 6);

        if (attributes.owner().isPresent() || attributes.userId().isEmpty()) {
            assertThat(back).isEqualTo(withoutIds(attributes));
        } else {
            assertThat(back.owner()).hasValue(Long.toString(attributes.userId().getAsLong()));
        }
    }

    private static SftpAttributes withoutIds(SftpAttributes attributes) {
        SftpAttributes.Builder out = SftpAttributes.builder()
                .type(attributes.type())
                .accessed(attributes.accessed().orElse(null))
                .created(attributes.created().orElse(null))
                .modified(attributes.modified().orElse(null))
                .changed(attributes.changed().orElse(null))
                .extended(attributes.extended());
        attributes.size().ifPresent(out::size);
        attributes.allocationSize().ifPresent(out::allocationSize);
        attributes
                .owner()
                .ifPresent(owner -> out.ownership(owner, attributes.group().orElseThrow()));
        attributes.permissions().ifPresent(out::permissions);
        attributes
                .bits()
                .ifPresent(bits -> out.bits(bits, attributes.validBits().orElseThrow()));
        attributes.textHint().ifPresent(out::textHint);
        attributes.mimeType().ifPresent(out::mimeType);
        attributes.linkCount().ifPresent(out::linkCount);
        attributes.untranslatedName().ifPresent(out::untranslatedName);
        return out.build();
    }

    @Property(tries = 500)
    void whatWasReadIsWrittenAsItWas(
            @ForAll("attributes") SftpAttributes attributes, @ForAll @IntRange(min = 3, max = 6) int version)
            throws Exception {
        byte[] octets = write(attributes, version);
        SshReader in = new SshReader(octets);

        SftpAttributes back = AttributeCodec.read(in, version);

        assertThat(in.remaining()).isZero();
        assertThat(write(back, version)).isEqualTo(octets);
    }

    @Property(tries = 200)
    void attributesThatAreCutOffAreRefused(
            @ForAll("attributes") SftpAttributes attributes, @ForAll @IntRange(min = 3, max = 6) int version) {
        byte[] octets = write(attributes, version);
        for (int length = 0; length < octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            assertThatExceptionOfType(SshProtocolException.class)
                    .isThrownBy(() -> AttributeCodec.read(new SshReader(cut), version));
        }
    }

    @Property(tries = 3000)
    void rubbishIsReadOrRefusedAndNothingElseHappens(
            @ForAll("rubbish") byte[] octets, @ForAll @IntRange(min = 3, max = 6) int version) {
        try {
            AttributeCodec.read(new SshReader(octets), version);
        } catch (SshProtocolException e) {
            // the only exception that callers expect
        }
        try {
            NameEntry.readAll(new SshReader(octets), version);
        } catch (SshProtocolException e) {
            // here too
        }
    }

    @Provide
    Arbitrary<byte[]> rubbish() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.of((byte) 0, (byte) 1, (byte) 2, (byte) 0x80, (byte) -1)),
                        Tuple.of(1, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(80);
    }
}

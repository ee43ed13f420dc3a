package io.portolan.ssh.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class WireProperties {

    private interface Read {
        Object from(SshReader reader) throws SshProtocolException;
    }

    private static final List<Read> READS = List.of(
            SshReader::readByte,
            SshReader::readBoolean,
            SshReader::readUint32,
            SshReader::readUint64,
            SshReader::readString,
            SshReader::readMpint,
            reader -> reader.readUnsignedMpint(100),
            SshReader::readName,
            SshReader::readNameList,
            reader -> reader.readUtf8(50),
            SshReader::readNested);

    @Provide
    Arbitrary<List<String>> nameLists() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars(',')
                .ofMinLength(1)
                .ofMaxLength(64)
                .list()
                .uniqueElements()
                .ofMaxSize(60);
    }

    /** Octets among which short lengths are frequent. */
    @Provide
    Arbitrary<byte[]> hostileOctets() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.of((byte) 0, (byte) 1, (byte) 5, (byte) ',', (byte) -1)),
                        Tuple.of(1, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void numbersComeBack(@ForAll long number, @ForAll BigInteger large, @ForAll boolean flag, @ForAll byte octet)
            throws Exception {
        SshReader reader = new SshReader(new SshWriter()
                .writeUint32(number & 0xffff_ffffL)
                .writeUint64(number)
                .writeMpint(large)
                .writeBoolean(flag)
                .writeByte(octet)
                .toByteArray());
        assertThat(reader.readUint32()).isEqualTo(number & 0xffff_ffffL);
        assertThat(reader.readUint64()).isEqualTo(number);
        assertThat(reader.readMpint()).isEqualTo(large);
        assertThat(reader.readBoolean()).isEqualTo(flag);
        assertThat((byte) reader.readByte()).isEqualTo(octet);
        reader.expectEnd();
    }

    @Property(tries = 300)
    void bothRoadsToAnMpintWriteTheSame(@ForAll byte[] magnitude) {
        assertThat(new SshWriter().writeMpint(magnitude).toByteArray())
                .isEqualTo(
                        new SshWriter().writeMpint(new BigInteger(1, magnitude)).toByteArray());
    }

    @Property(tries = 300)
    void stringsAndListsComeBack(@ForAll byte[] octets, @ForAll("nameLists") List<String> names) throws Exception {
        SshReader reader = new SshReader(
                new SshWriter().writeString(octets).writeNameList(names).toByteArray());
        assertThat(reader.readString()).isEqualTo(octets);
        assertThat(reader.readNameList()).isEqualTo(names);
        reader.expectEnd();
    }

    @Property(tries = 300)
    void whatIsCutShortIsRefused(@ForAll byte[] octets, @ForAll BigInteger number) {
        byte[] whole = new SshWriter().writeString(octets).writeMpint(number).toByteArray();
        for (int i = 0; i < whole.length; i++) {
            SshReader reader = new SshReader(Arrays.copyOf(whole, i));
            assertThatExceptionOfType(SshProtocolException.class).isThrownBy(() -> {
                reader.readString();
                reader.readMpint();
            });
        }
    }

    @Property(tries = 500)
    void hostileOctetsGiveAValueOrARefusalAndNothingElse(@ForAll("hostileOctets") byte[] octets) {
        for (Read read : READS) {
            SshReader reader = new SshReader(octets);
            try {
                read.from(reader);
                assertThat(reader.remaining()).isBetween(0, octets.length);
            } catch (SshProtocolException e) {
                assertThat(e.reason()).isEqualTo(DisconnectReason.PROTOCOL_ERROR);
            }
        }
    }
}

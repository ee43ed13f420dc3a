package io.portolan.sftp.internal.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeCodecTest {

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("#[^\n]*|\\s", ""));
    }

    private static SftpAttributes read(int version, byte[] octets) throws SshProtocolException {
        SshReader in = new SshReader(octets);
        SftpAttributes attributes = AttributeCodec.read(in, version);
        in.expectEnd();
        return attributes;
    }

    private static byte[] write(SftpAttributes attributes, int version) {
        SshWriter out = new SshWriter();
        AttributeCodec.write(out, attributes, version);
        return out.toByteArray();
    }

    private static void refused(int version, byte[] octets) {
        assertThatExceptionOfType(SshProtocolException.class).isThrownBy(() -> read(version, octets));
    }

    @Test
    void version3IsAsItsDraftHasIt() throws Exception {
        byte[] octets = octets("""
                8000000f                    # flags: size, ids, permissions, times, extended
                0000000100000002            # size
                000003e8 00000064           # uid, gid
                000081a4                    # a regular file, 0644
                5f000001 5f000002           # atime, mtime
                00000001                    # one extended attribute
                00000003 614062             # a@b
                00000001 ff
                """);
        SftpAttributes attributes = SftpAttributes.builder()
                .type(SftpFileType.REGULAR)
                .size(0x1_0000_0002L)
                .ids(1000, 100)
                .permissions(0644)
                .accessed(Instant.ofEpochSecond(0x5f000001L))
                .modified(Instant.ofEpochSecond(0x5f000002L))
                .extended(List.of(new ExtendedAttribute("a@b", new byte[] {-1})))
                .build();

        assertThat(read(3, octets)).isEqualTo(attributes);
        assertThat(write(attributes, 3)).isEqualTo(octets);
    }

    @Test
    void version4HasATypeAndNamesAndFractionsOfSeconds() throws Exception {
        byte[] octets = octets("""
                000001fd                    # all but extended
                01                          # regular
                0000000000000007
                00000004 726f6f74           # root
                00000002 6164               # ad
                000001a4                    # 0644
                0000000000000001 00000002   # accessed
                ffffffffffffffff 3b9ac9ff   # created a nanosecond before 1970
                0000000000000003 00000000   # modified
                00000004 00000000           # an empty list
                """);
        SftpAttributes attributes = SftpAttributes.builder()
                .type(SftpFileType.REGULAR)
                .size(7)
                .ownership("root", "ad")
                .permissions(0644)
                .accessed(Instant.ofEpochSecond(1, 2))
                .created(Instant.EPOCH.minusNanos(1))
                .modified(Instant.ofEpochSecond(3))
                .acl(new byte[4])
                .build();

        assertThat(read(4, octets)).isEqualTo(attributes);
        assertThat(write(attributes, 4)).isEqualTo(octets);
    }

    @Test
    void version6HasItsFieldsInItsOrder() throws Exception {
        byte[] octets = octets("""
                0000fffd                    # all but extended
                02                          # directory
                0000000000000007
                0000000000001000            # allocation size
                00000001 61 00000001 62     # a, b
                000001ed
                0000000000000001 00000000
                0000000000000002 00000000
                0000000000000003 00000000
                0000000000000004 00000005   # attributes changed
                00000008 00000001 00000000
                00000004 00000006           # hidden, of system and hidden
                01                          # guessed to be text
                00000003 782f79             # x/y
                00000009                    # links
                00000001 e4                 # the name in another charset
                """);
        SftpAttributes attributes = SftpAttributes.builder()
                .type(SftpFileType.DIRECTORY)
                .size(7)
                .allocationSize(4096)
                .ownership("a", "b")
                .permissions(0755)
                .accessed(Instant.ofEpochSecond(1))
                .created(Instant.ofEpochSecond(2))
                .modified(Instant.ofEpochSecond(3))
                .changed(Instant.ofEpochSecond(4, 5))
                .acl(new byte[] {0, 0, 0, 1, 0, 0, 0, 0})
                .bits(AttributeBits.HIDDEN, AttributeBits.HIDDEN | AttributeBits.SYSTEM)
                .textHint(1)
                .mimeType("x/y")
                .linkCount(9)
                .untranslatedName(new byte[] {(byte) 0xe4})
                .build();

        assertThat(read(6, octets)).isEqualTo(attributes);
        assertThat(write(attributes, 6)).isEqualTo(octets);
    }

    @Test
    void version5HasBitsOfWhichItDoesNotSayWhichAreValid() throws Exception {
        SftpAttributes attributes = read(5, octets("00000200 05 00000004"));

        assertThat(attributes.bits()).hasValue(AttributeBits.HIDDEN);
        assertThat(attributes.validBits()).hasValue(AttributeBits.VERSION_5);
        assertThat(write(attributes, 5)).isEqualTo(octets("00000200 05 00000004"));
    }

    @Test
    void aTypeThatVersion4DoesNotHaveIsSpecialThere() {
        SftpAttributes fifo = SftpAttributes.builder().type(SftpFileType.FIFO).build();

        assertThat(write(fifo, 4)).isEqualTo(octets("00000000 04"));
        assertThat(write(fifo, 5)).isEqualTo(octets("00000000 09"));
    }

    @Test
    void namesOfDigitsAndRootAreNumbersInVersion3AndOtherNamesNone() {
        assertThat(write(SftpAttributes.builder().ownership("root", "100").build(), 3))
                .isEqualTo(octets("00000002 00000000 00000064"));
        for (String name : List.of("", "joe", "4294967296", "99999999999", "-1", "1 ")) {
            assertThat(write(SftpAttributes.builder().ownership(name, "1").build(), 3))
                    .as(name)
                    .isEqualTo(octets("00000000"));
        }
        assertThat(write(SftpAttributes.builder().ids(0xffff_ffffL, 5).build(), 4))
                .isEqualTo(octets("00000080 05 0000000a 34323934393637323935 00000001 35"));
    }

    @Test
    void timesThatVersion3CannotTellAreTheNearestThatItCan() {
        SftpAttributes times = SftpAttributes.builder()
                .accessed(Instant.parse("1960-01-01T00:00:00Z"))
                .modified(Instant.parse("2200-01-01T00:00:00Z"))
                .build();

        assertThat(write(times, 3)).isEqualTo(octets("00000008 00000000 ffffffff"));
    }

    @Test
    void aFlagThatTheVersionLacksIsRefusedFromVersion4OnAndIgnoredIn3() throws Exception {
        refused(4, octets("00000200 01 00000000"));
        refused(4, octets("00000002 01 00000000 00000000"));
        refused(5, octets("00000400 01 0000000000000000"));
        refused(6, octets("00010000 01"));
        assertThat(read(3, octets("00000200"))).isEqualTo(SftpAttributes.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void aCountOfExtendedAttributesThatIsClaimedCostsNothing(int version) {
        String type = version == 3 ? "" : "01";

        refused(version, octets("80000000" + type + "ffffffff"));
        refused(version, octets("80000000" + type + "00000041" + "0000000161 00000000".repeat(65)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void asManyExtendedAttributesAsAreAllowedAreRead(int version) throws Exception {
        SftpAttributes attributes = SftpAttributes.builder()
                .extended(Collections.nCopies(AttributeCodec.MAX_EXTENDED, new ExtendedAttribute("x", new byte[3])))
                .build();

        assertThat(read(version, write(attributes, version))).isEqualTo(attributes);
    }

    @Test
    void accessControlListsAreBoundedAndWhole() throws Exception {
        // type, flags, mask, who
        String entry = "00000000 00000000 00000001 00000001 61";
        byte[] entries = octets(entry.repeat(2));

        assertThat(read(4, octets("00000040 01 00000026 00000002" + entry.repeat(2)))
                        .acl())
                .hasValueSatisfying(acl -> assertThat(acl).hasSize(4 + entries.length));
        assertThat(read(6, octets("00000040 01 0000002a 00000000 00000002" + entry.repeat(2)))
                        .acl())
                .isPresent();
        refused(4, octets("00000040 01 00000004 ffffffff"));
        refused(6, octets("00000040 01 00000008 00000000 ffffffff"));
        refused(4, octets("00000040 01 00000027 00000002" + entry.repeat(2) + "00"));
        refused(4, octets("00000040 01 00000004 00000001"));
        SftpAttributes many = SftpAttributes.builder()
                .acl(octets("0000071d" + "00000000 00000000 00000001 00000000".repeat(1821)))
                .build();
        refused(4, write(many, 4));
    }

    @Test
    void sizesTimesAndFractionsThatAreNoneAreRefused() {
        refused(3, octets("00000001 8000000000000000"));
        refused(4, octets("00000001 01 ffffffffffffffff"));
        refused(6, octets("00000400 01 8000000000000000"));
        refused(4, octets("00000020 01 7fffffffffffffff"));
        refused(4, octets("00000120 01 0000000000000000 3b9aca00"));
        refused(4, octets("00000080 01 00000001 ff 00000001 61"));
    }

    @Test
    void setUserIdAndItsLikesAreReadAndAllAboveThemIsNot() throws Exception {
        assertThat(read(3, octets("00000004 ffffffff")).permissions()).hasValue(07777);
        assertThat(read(4, octets("00000004 01 ffff8fff")).permissions()).hasValue(07777);
    }
}

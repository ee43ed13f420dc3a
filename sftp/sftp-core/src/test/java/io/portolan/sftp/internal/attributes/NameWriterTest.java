package io.portolan.sftp.internal.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameWriterTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final FileInfo INFO = FileInfo.file(348911, Instant.parse("2026-03-25T14:29:00Z")).toBuilder()
            .permissions("rwxr-xr-x")
            .owner("mjos")
            .group("staff")
            .linkCount(1)
            .build();

    private static String longName(String name, FileInfo info) throws SshProtocolException {
        SshWriter out = new SshWriter();
        new NameWriter(3, NOW).entry(out, name, info);
        SshReader in = new SshReader(out.toByteArray());
        assertThat(new String(in.readString(), StandardCharsets.UTF_8)).isEqualTo(name);
        return new String(in.readString(), StandardCharsets.UTF_8);
    }

    @Test
    void version3HasTheLineThatItsDraftShows() throws Exception {
        assertThat(longName("t-filexfer", INFO))
                .isEqualTo("-rwxr-xr-x    1 mjos     staff          348911 Mar 25 14:29 t-filexfer");
        assertThat(longName("grün", INFO)).endsWith(" grün");
    }

    @Test
    void theTargetOfALinkAndAnOwnerThatIsNotKnownAreNotInTheLine() throws Exception {
        FileInfo link = FileInfo.builder(FileType.SYMBOLIC_LINK)
                .modified(Instant.parse("2001-02-03T04:05:06Z"))
                .linkTarget("/secret")
                .build();

        assertThat(longName("ln", link)).isEqualTo("lrwxrwxrwx    1 -        -                   0 Feb 03  2001 ln");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\n-rw", "\u001b[2J", "a\tb", "\u009b2J", "\u007f"})
    void aNameThatWouldSteerATerminalHasNoLine(String name) throws Exception {
        assertThat(longName(name, INFO)).isEmpty();
    }

    @Test
    void anOwnerCannotSteerATerminalEither() throws Exception {
        FileInfo info = INFO.toBuilder().owner("a\r\nb").group("\u001b[2J").build();

        assertThat(longName("x", info)).isEqualTo("-rwxr-xr-x    1 a__b     _[2J           348911 Mar 25 14:29 x");
    }

    @Test
    void theTargetOfALinkIsToldAsItIsAndPrintedWithoutControlCharacters() throws Exception {
        SshWriter out = new SshWriter();
        new NameWriter(3, NOW).path(out, "a\u001bb\r\n");
        SshReader in = new SshReader(out.toByteArray());

        assertThat(in.readUtf8(100)).isEqualTo("a\u001bb\r\n");
        assertThat(in.readUtf8(100)).isEqualTo("a?b??");
        assertThat(in.readUint32()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void aClientReadsWhatAServerWrites(int version) throws Exception {
        SshWriter out = new SshWriter().writeUint32(2);
        NameWriter names = new NameWriter(version, NOW);
        names.entry(out, "one", INFO);
        names.path(out, "/two");

        List<NameEntry> entries = NameEntry.readAll(new SshReader(out.toByteArray()), version);

        assertThat(entries)
                .extracting(entry -> new String(entry.name(), StandardCharsets.UTF_8))
                .containsExactly("one", "/two");
        FileInfo back = FileInfoMapping.fileInfo(entries.get(0).attributes());
        assertThat(back.type()).isEqualTo(FileType.FILE);
        assertThat(back.size()).isEqualTo(348911);
        assertThat(back.modified())
                .isEqualTo(
                        version == 3 ? Instant.EPOCH.plusSeconds(INFO.modified().getEpochSecond()) : INFO.modified());
        assertThat(back.permissionBits()).hasValue(0755);
        assertThat(entries.get(1).attributes()).isEqualTo(SftpAttributes.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void aNumberOfNamesThatIsClaimedCostsNothing(int version) {
        byte[] claim = new SshWriter()
                .writeUint32(0xffff_ffffL)
                .writeBytes(new byte[100])
                .toByteArray();

        assertThatExceptionOfType(SshProtocolException.class)
                .isThrownBy(() -> NameEntry.readAll(new SshReader(claim), version))
                .withMessageContaining("4294967295 names");
    }
}

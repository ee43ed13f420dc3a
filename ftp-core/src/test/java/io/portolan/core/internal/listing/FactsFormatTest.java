package io.portolan.core.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FactsFormatTest {

    private static final Instant TIME = Instant.parse("2026-11-02T03:04:05.678Z");
    private static final FactsFormat.Permissions PERMISSIONS = (name, info) -> info.isDirectory() ? "flcdmpe" : "adfrw";

    private static FactsFormat format(Set<Fact> facts) {
        return new FactsFormat(facts, PERMISSIONS, ControlCharset.UTF_8);
    }

    private static String line(Set<Fact> facts, FileInfo info) {
        OctetWriter out = new OctetWriter();
        assertThat(format(facts).write(new DirectoryEntry("a b;c=d", info), out))
                .isTrue();
        return out.toString();
    }

    @Test
    void aFileHasItsFactsASpaceAndItsName() {
        FileInfo info = FileInfo.file(42, TIME).toBuilder().uniqueId("801g2").build();
        assertThat(line(EnumSet.of(Fact.TYPE, Fact.SIZE, Fact.MODIFY, Fact.PERM, Fact.UNIQUE), info))
                .isEqualTo("type=file;size=42;modify=20261102030405;perm=adfrw;unique=801g2; a b;c=d\r\n");
    }

    @Test
    void aDirectoryHasNoSize() {
        assertThat(line(EnumSet.of(Fact.TYPE, Fact.SIZE, Fact.MODIFY), FileInfo.directory(TIME)))
                .isEqualTo("type=dir;modify=20261102030405; a b;c=d\r\n");
    }

    @Test
    void onlyTheEnabledFactsAreTold() {
        assertThat(line(EnumSet.of(Fact.SIZE), FileInfo.file(0, TIME))).isEqualTo("size=0; a b;c=d\r\n");
        assertThat(line(EnumSet.noneOf(Fact.class), FileInfo.file(0, TIME))).isEqualTo(" a b;c=d\r\n");
    }

    @Test
    void allFactsThatAreKnownAreTold() {
        FileInfo info = FileInfo.builder(FileType.FILE)
                .size(1)
                .modified(TIME)
                .created(Instant.EPOCH)
                .permissionBits(0640)
                .ownerId(1000)
                .groupId(7)
                .owner("alice")
                .group("staff")
                .uniqueId("x")
                .build();
        assertThat(line(EnumSet.allOf(Fact.class), info))
                .isEqualTo("type=file;size=1;modify=20261102030405;perm=adfrw;unique=x;create=19700101000000;"
                        + "UNIX.mode=0640;UNIX.owner=1000;UNIX.group=7;UNIX.ownername=alice;UNIX.groupname=staff;"
                        + " a b;c=d\r\n");
    }

    @Test
    void factsThatAreNotKnownAreLeftOut() {
        assertThat(line(EnumSet.allOf(Fact.class), FileInfo.file(1, TIME)))
                .isEqualTo("type=file;size=1;modify=20261102030405;perm=adfrw; a b;c=d\r\n");
    }

    @Test
    void aLinkTellsItsTargetWhereAFactCanHoldIt() {
        FileInfo.Builder link = FileInfo.builder(FileType.SYMBOLIC_LINK);
        Set<Fact> type = EnumSet.of(Fact.TYPE);
        assertThat(line(type, link.build())).startsWith("type=OS.unix=symlink; ");
        assertThat(line(type, link.linkTarget("/x").build())).startsWith("type=OS.unix=slink:/x; ");
        for (String target : new String[] {"a b", "a;b", "a\r\nb", "\u00e9", ""}) {
            assertThat(line(type, link.linkTarget(target).build())).startsWith("type=OS.unix=symlink; ");
        }
        assertThat(line(type, FileInfo.builder(FileType.OTHER).build())).startsWith("type=OS.unix=special; ");
    }

    @Test
    void namesOfOwnersThatWouldEndAFactAreLeftOut() {
        FileInfo info =
                FileInfo.file(1, TIME).toBuilder().owner("a b").group("c;d").build();
        assertThat(line(EnumSet.of(Fact.UNIX_OWNERNAME, Fact.UNIX_GROUPNAME), info))
                .isEqualTo(" a b;c=d\r\n");
    }

    @Test
    void longValuesGrowTheWriter() {
        String unique = "u".repeat(100_000);
        FileInfo info = FileInfo.file(1, TIME).toBuilder()
                .uniqueId(unique)
                .created(TIME)
                .build();
        assertThat(line(EnumSet.of(Fact.UNIQUE, Fact.CREATE), info))
                .isEqualTo("unique=" + unique + ";create=20261102030405; a b;c=d\r\n");
    }

    @Test
    void theListedDirectoryItselfHasATypeOfItsOwn() {
        OctetWriter out = new OctetWriter();
        format(EnumSet.of(Fact.TYPE)).write(".", FileInfo.directory(TIME), "cdir", out);
        assertThat(out.toString()).isEqualTo("type=cdir; .\r\n");
    }

    @Test
    void aNameThatCouldSplitTheLineIsLeftOut() {
        OctetWriter out = new OctetWriter();
        assertThat(format(EnumSet.of(Fact.TYPE)).write("a\nb", FileInfo.file(0, TIME), null, out))
                .isFalse();
        assertThat(out.length()).isZero();
    }

    @Test
    void theLineOfAnMlstReplyBeginsWithOneSpace() {
        assertThat(format(EnumSet.of(Fact.TYPE, Fact.SIZE)).line("/a/\u00e9", FileInfo.file(3, TIME)))
                .isEqualTo(" type=file;size=3; /a/\u00e9");
    }

    @Test
    void featMarksWhatIsEnabled() {
        assertThat(Fact.feat(EnumSet.of(Fact.TYPE, Fact.SIZE)))
                .startsWith("type*;size*;modify;create;perm;unique;UNIX.mode;");
    }

    @Test
    void optsChoosesAmongTheKnownFactsInAnyCase() {
        assertThat(Fact.parseOpts("Size;TYPE;unix.mode;media-type;"))
                .containsExactly(Fact.TYPE, Fact.SIZE, Fact.UNIX_MODE);
        assertThat(Fact.parseOpts("")).isEmpty();
        assertThat(Fact.parseOpts(" type;size ")).containsExactly(Fact.TYPE, Fact.SIZE);
        assertThat(Fact.parseOpts("typ;xsize;siz")).isEmpty();
        assertThat(Fact.opts(Fact.parseOpts("unique;size;"))).isEqualTo("size;unique;");
    }
}

package io.portolan.fs.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portolan.fs.AppendSupport;
import io.portolan.fs.AtomicReplace;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.AttributeChanges.Attribute;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.InvalidOffsetException;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.PositionalFiles;
import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.PositionalFiles.PositionalFile;
import io.portolan.fs.RenameMode;
import io.portolan.fs.ResumableUploads;
import io.portolan.fs.ServerSideCopy;
import io.portolan.fs.SpaceInfo;
import io.portolan.fs.SpaceInfo.Space;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the capabilities keep, each of them where the store has it. */
abstract class CapabilitiesContract extends ContractSupport {

    @Test
    void appendingWritesAtTheEnd() throws IOException {
        AppendSupport append = need(AppendSupport.class);
        finish(append.openAppend(path("/hello.txt")), " world");
        assertThat(get("/hello.txt")).isEqualTo("hello world");
    }

    @Test
    void appendingMakesAFileThatIsNotThere() throws IOException {
        AppendSupport append = need(AppendSupport.class);
        finish(append.openAppend(path("/log")), "one");
        assertThat(get("/log")).isEqualTo("one");
    }

    @Test
    void anAbortedAppendKeepsWhatWasThere() throws IOException {
        AppendSupport append = need(AppendSupport.class);
        breakOff(append.openAppend(path("/hello.txt")), " half");
        assertThat(get("/hello.txt")).isIn("hello", "hello half");
    }

    @Test
    void appendingNeedsAFile() {
        AppendSupport append = need(AppendSupport.class);
        assertThatThrownBy(() -> append.openAppend(path("/folder"))).isExactlyInstanceOf(NotAFileException.class);
        assertThatThrownBy(() -> append.openAppend(path("/nowhere/x"))).isExactlyInstanceOf(NoSuchFileException.class);
    }

    private OptionalLong keptAfterBreaking(String path, String content) throws IOException {
        ResumableUploads uploads = need(ResumableUploads.class);
        breakOff(fs().openWrite(path(path), WriteMode.REPLACE), content);
        OptionalLong kept = uploads.keptSize(path(path));
        assumeTrue(kept.isPresent(), "the store drops parts of broken uploads");
        return kept;
    }

    @Test
    void aBrokenUploadGoesOnWhereItEnded() throws IOException {
        assertThat(keptAfterBreaking("/broken", "01234567")).hasValue(8);
        assertThat(exists("/broken")).isFalse();
        finish(need(ResumableUploads.class).resume(path("/broken"), 8), "89");
        assertThat(get("/broken")).isEqualTo("0123456789");
        assertThat(need(ResumableUploads.class).keptSize(path("/broken"))).isEmpty();
    }

    @Test
    void aBrokenUploadGoesOnBeforeItsEnd() throws IOException {
        keptAfterBreaking("/broken", "0123xxxx");
        finish(need(ResumableUploads.class).resume(path("/broken"), 4), "45");
        assertThat(get("/broken")).isEqualTo("012345");
    }

    @Test
    void anUploadThatBreaksAgainIsKeptAgain() throws IOException {
        keptAfterBreaking("/broken", "0123");
        breakOff(need(ResumableUploads.class).resume(path("/broken"), 4), "45");
        assertThat(need(ResumableUploads.class).keptSize(path("/broken"))).hasValue(6);
        assertThat(exists("/broken")).isFalse();
    }

    @Test
    void appendingGoesOnWithWhatIsKept() throws IOException {
        AppendSupport append = need(AppendSupport.class);
        keptAfterBreaking("/broken", "0123");
        finish(append.openAppend(path("/broken")), "45");
        assertThat(get("/broken")).isEqualTo("012345");
    }

    @Test
    void resumingLeavesNoHoles() throws IOException {
        keptAfterBreaking("/broken", "0123");
        assertThatThrownBy(() -> need(ResumableUploads.class).resume(path("/broken"), 5))
                .isExactlyInstanceOf(InvalidOffsetException.class);
        assertThat(need(ResumableUploads.class).keptSize(path("/broken"))).hasValue(4);
        assertThatThrownBy(() -> need(ResumableUploads.class).resume(path("/hello.txt"), 6))
                .isExactlyInstanceOf(InvalidOffsetException.class);
        assertThatThrownBy(() -> need(ResumableUploads.class).resume(path("/nothing"), 1))
                .isExactlyInstanceOf(NoSuchFileException.class);
    }

    @Test
    void resumingAPublishedFileKeepsItUntilTheCommit() throws IOException {
        ResumableUploads uploads = need(ResumableUploads.class);
        try (WritableFile file = uploads.resume(path("/hello.txt"), 4)) {
            file.write(bytes("ish"));
            assertThat(get("/hello.txt")).isEqualTo("hello");
            file.commit();
        }
        assertThat(get("/hello.txt")).isEqualTo("hellish");
        breakOff(uploads.resume(path("/hello.txt"), 7), " half");
        assertThat(get("/hello.txt")).isEqualTo("hellish");
    }

    @Test
    void aKeptPartIsNoFile() throws IOException {
        keptAfterBreaking("/broken", "0123");
        assertThat(names("/")).containsExactly("folder", "hello.txt");
    }

    @Test
    void deletingAnUploadThatBrokeDropsWhatIsKept() throws IOException {
        keptAfterBreaking("/broken", "0123");
        fs().delete(path("/broken"));
        assertThat(need(ResumableUploads.class).keptSize(path("/broken"))).isEmpty();
        assertThatThrownBy(() -> fs().delete(path("/broken"))).isExactlyInstanceOf(NoSuchFileException.class);
    }

    @Test
    void ofAnUploadToANewNameThatBreaksNothingIsKept() throws IOException {
        ResumableUploads uploads = need(ResumableUploads.class);
        breakOff(fs().openWrite(path("/broken"), WriteMode.CREATE_NEW), "0123");
        assertThat(uploads.keptSize(path("/broken"))).isEmpty();
    }

    @Test
    void aKeptPartGoesWithTheFileOrTheDirectory() throws IOException {
        keptAfterBreaking("/hello.txt", "0123");
        fs().delete(path("/hello.txt"));
        assertThat(need(ResumableUploads.class).keptSize(path("/hello.txt"))).isEmpty();

        keptAfterBreaking("/hello.txt", "0123");
        put("/hello.txt", "whole");
        assertThat(need(ResumableUploads.class).keptSize(path("/hello.txt"))).isEmpty();

        fs().createDirectory(path("/d"));
        keptAfterBreaking("/d/broken", "0123");
        fs().deleteDirectory(path("/d"));
        assertThat(exists("/d")).isFalse();
        fs().createDirectory(path("/d"));
        assertThat(need(ResumableUploads.class).keptSize(path("/d/broken"))).isEmpty();
    }

    private PositionalFile positional(String path, Access... access) throws IOException {
        return need(PositionalFiles.class).openPositional(path(path), Set.of(access));
    }

    private static String at(PositionalFile file, long offset, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position()) >= 0) {
            assertThat(buffer.position()).isPositive();
        }
        return UTF_8.decode(buffer.flip()).toString();
    }

    @Test
    void aPositionalFileIsReadAnywhere() throws IOException {
        try (PositionalFile file = positional("/hello.txt", Access.READ)) {
            assertThat(file.size()).isEqualTo(5);
            assertThat(at(file, 3, 10)).isEqualTo("lo");
            assertThat(at(file, 0, 2)).isEqualTo("he");
            assertThat(file.read(ByteBuffer.allocate(1), 5)).isEqualTo(-1);
            assertThatThrownBy(() -> file.write(bytes("x"), 0)).isInstanceOf(IOException.class);
        }
        assertThat(get("/hello.txt")).isEqualTo("hello");
    }

    @Test
    void aPositionalFileIsChangedInPlace() throws IOException {
        needWriting();
        try (PositionalFile file = positional("/hello.txt", Access.READ, Access.WRITE)) {
            file.write(bytes("J"), 0);
            file.write(bytes("!!"), 5);
            assertThat(at(file, 0, 10)).isEqualTo("Jello!!");
            file.truncate(6);
            assertThat(file.size()).isEqualTo(6);
            file.force();
            file.commit();
        }
        assertThat(get("/hello.txt")).isEqualTo("Jello!");
    }

    @Test
    void writesInAnyOrderMakeOneFile() throws IOException {
        needWriting();
        try (PositionalFile file = positional("/made", Access.WRITE, Access.CREATE)) {
            file.write(bytes("cd"), 2);
            file.write(bytes("ef"), 4);
            file.write(bytes("ab"), 0);
            file.commit();
        }
        assertThat(get("/made")).isEqualTo("abcdef");
    }

    @Test
    void whatWasNeverWrittenReadsAsZero() throws IOException {
        needWriting();
        try (PositionalFile file = positional("/holes", Access.READ, Access.WRITE, Access.CREATE)) {
            file.write(bytes("x"), 3);
            file.truncate(6);
            file.commit();
        }
        assertThat(get("/holes")).isEqualTo("\0\0\0x\0\0");
    }

    @Test
    void aNewPositionalFileShowsWhenItIsCommitted() throws IOException {
        needWriting();
        need(AtomicReplace.class);
        try (PositionalFile file = positional("/made", Access.WRITE, Access.CREATE);
                PositionalFile emptied = positional("/hello.txt", Access.WRITE, Access.TRUNCATE)) {
            file.write(bytes("made"), 0);
            emptied.write(bytes("new"), 0);
            assertThat(exists("/made")).isFalse();
            assertThat(get("/hello.txt")).isEqualTo("hello");
            file.commit();
            emptied.commit();
        }
        assertThat(get("/made")).isEqualTo("made");
        assertThat(get("/hello.txt")).isEqualTo("new");
    }

    @Test
    void aNewPositionalFileThatIsNotCommittedIsNoFile() throws IOException {
        needWriting();
        need(AtomicReplace.class);
        try (PositionalFile file = positional("/made", Access.WRITE, Access.CREATE);
                PositionalFile emptied = positional("/hello.txt", Access.WRITE, Access.TRUNCATE)) {
            file.write(bytes("made"), 0);
            emptied.write(bytes("new"), 0);
        }
        assertThat(exists("/made")).isFalse();
        assertThat(get("/hello.txt")).isEqualTo("hello");
    }

    @Test
    void aPositionalAppendGoesToTheEndWhateverTheOffset() throws IOException {
        needWriting();
        try (PositionalFile file = positional("/hello.txt", Access.APPEND)) {
            file.write(bytes("!"), 0);
            file.write(bytes("?"), 1);
            file.commit();
        }
        assertThat(get("/hello.txt")).isEqualTo("hello!?");
    }

    @Test
    void positionalFlagsAreKept() throws IOException {
        need(PositionalFiles.class);
        assertThatThrownBy(() -> positional("/nothing", Access.READ)).isExactlyInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> positional("/folder", Access.READ)).isExactlyInstanceOf(NotAFileException.class);
        needWriting();
        assertThatThrownBy(() -> positional("/nothing", Access.WRITE)).isExactlyInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> positional("/hello.txt", Access.WRITE, Access.CREATE_NEW))
                .isExactlyInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> positional("/hello.txt", Access.CREATE)).isInstanceOf(IllegalArgumentException.class);
    }

    private AttributeChanges needSettable(Attribute... attributes) {
        AttributeChanges changes = need(AttributeChanges.class);
        assumeTrue(changes.settable().containsAll(List.of(attributes)), "cannot set " + List.of(attributes));
        return changes;
    }

    @Test
    void theTimeOfTheLastChangeCanBeSet() throws IOException {
        Instant time = Instant.parse("2001-02-03T04:05:06Z");
        needSettable(Attribute.MODIFIED)
                .change(path("/hello.txt"), AttributeChange.nothing().withModified(time), LinkHandling.FOLLOW);
        assertThat(stat("/hello.txt").modified()).isEqualTo(time);
        assertThat(get("/hello.txt")).isEqualTo("hello");
        needSettable(Attribute.MODIFIED)
                .change(path("/folder"), AttributeChange.nothing().withModified(time), LinkHandling.FOLLOW);
        assertThat(stat("/folder").modified()).isEqualTo(time);
    }

    @Test
    void permissionsCanBeSetAndOutliveAReplacement() throws IOException {
        needSettable(Attribute.PERMISSIONS)
                .change(path("/hello.txt"), AttributeChange.nothing().withPermissionBits(0640), LinkHandling.FOLLOW);
        assertThat(stat("/hello.txt").permissionBits()).hasValue(0640);
        put("/hello.txt", "new");
        assertThat(stat("/hello.txt").permissionBits()).hasValue(0640);
    }

    @Test
    void whatCannotBeSetChangesNothing() throws IOException {
        AttributeChanges changes = need(AttributeChanges.class);
        assumeFalse(changes.settable().contains(Attribute.CREATED), "everything can be set");
        FileInfo before = stat("/hello.txt");
        assertThatThrownBy(() -> changes.change(
                        path("/hello.txt"),
                        AttributeChange.nothing().withModified(Instant.EPOCH).withCreated(Instant.EPOCH),
                        LinkHandling.FOLLOW))
                .isExactlyInstanceOf(OperationNotSupportedException.class);
        assertThat(stat("/hello.txt").modified()).isEqualTo(before.modified());
    }

    @Test
    void attributesNeedAFile() {
        AttributeChanges changes = needSettable(Attribute.MODIFIED);
        assertThatThrownBy(() -> changes.change(
                        path("/nothing"), AttributeChange.nothing().withModified(Instant.EPOCH), LinkHandling.FOLLOW))
                .isExactlyInstanceOf(NoSuchFileException.class);
    }

    private Links needLinks() throws IOException {
        needWriting();
        Links links = need(Links.class);
        try {
            links.createSymbolicLink(path("/probe"), "hello.txt");
            fs().delete(path("/probe"));
        } catch (OperationNotSupportedException none) {
            assumeTrue(false, "the store makes no symbolic links");
        }
        return links;
    }

    @Test
    void aSymbolicLinkIsItselfAndWhatItPointsTo() throws IOException {
        Links links = needLinks();
        links.createSymbolicLink(path("/link"), "folder/inner.txt");
        assertThat(links.readLink(path("/link"))).isEqualTo("folder/inner.txt");
        assertThat(fs().stat(path("/link"), LinkHandling.NO_FOLLOW).type()).isEqualTo(FileType.SYMBOLIC_LINK);
        assertThat(stat("/link").size()).isEqualTo(5);
        assertThat(get("/link")).isEqualTo("inner");
        assertThat(entries("/").stream()
                        .filter(entry -> entry.name().equals("link"))
                        .map(entry -> entry.info().type()))
                .containsExactly(FileType.SYMBOLIC_LINK);
    }

    @Test
    void anAbsoluteLinkBeginsAtTheRoot() throws IOException {
        Links links = needLinks();
        links.createSymbolicLink(path("/folder/link"), "/hello.txt");
        assertThat(get("/folder/link")).isEqualTo("hello");
        links.createSymbolicLink(path("/folder/root"), "/");
        assertThat(get("/folder/root/folder/inner.txt")).isEqualTo("inner");
    }

    @Test
    void deletingAndRenamingALinkLeavesItsTargetAlone() throws IOException {
        Links links = needLinks();
        links.createSymbolicLink(path("/link"), "hello.txt");
        fs().rename(path("/link"), path("/renamed"), RenameMode.FAIL_IF_EXISTS);
        assertThat(get("/renamed")).isEqualTo("hello");
        links.createSymbolicLink(path("/second"), "folder");
        fs().rename(path("/renamed"), path("/second"), RenameMode.REPLACE);
        assertThat(get("/second")).isEqualTo("hello");
        fs().delete(path("/second"));
        assertThat(get("/hello.txt")).isEqualTo("hello");
        assertThat(names("/")).containsExactly("folder", "hello.txt");
        links.createSymbolicLink(path("/dir"), "folder");
        assertThatThrownBy(() -> fs().deleteDirectory(path("/dir"))).isExactlyInstanceOf(NotDirectoryException.class);
    }

    @Test
    void linksGoInCirclesOnlySoFar() throws IOException {
        Links links = needLinks();
        links.createSymbolicLink(path("/one"), "two");
        links.createSymbolicLink(path("/two"), "one");
        assertThatThrownBy(() -> get("/one")).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> stat("/two/x")).isInstanceOf(FileSystemException.class);
    }

    @Test
    void noLinkLeadsOut() throws IOException {
        Links links = needLinks();
        for (String out : List.of("..", "../x", "folder/../../x")) {
            assertThatThrownBy(() -> links.createSymbolicLink(path("/out"), out))
                    .as(out)
                    .isExactlyInstanceOf(AccessDeniedException.class);
        }
        assertThat(exists("/out")).isFalse();
    }

    @Test
    void onlyLinksAreReadAsLinks() throws IOException {
        Links links = need(Links.class);
        assertThatThrownBy(() -> links.readLink(path("/hello.txt"))).isExactlyInstanceOf(NotLinkException.class);
        assertThatThrownBy(() -> links.readLink(path("/nothing"))).isExactlyInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aHardLinkIsTheSameFile() throws IOException {
        Links links = needLinks();
        try {
            links.createHardLink(path("/folder/hard"), path("/hello.txt"));
        } catch (OperationNotSupportedException none) {
            assumeTrue(false, "the store makes no hard links");
        }
        assertThat(get("/folder/hard")).isEqualTo("hello");
        assertThatThrownBy(() -> links.createHardLink(path("/hard"), path("/folder")))
                .isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> links.createHardLink(path("/folder/hard"), path("/hello.txt")))
                .isExactlyInstanceOf(FileAlreadyExistsException.class);
        fs().delete(path("/hello.txt"));
        assertThat(get("/folder/hard")).isEqualTo("hello");
    }

    @Test
    void theRoomIsTold() throws IOException {
        Space space = need(SpaceInfo.class).space(path("/folder"));
        assertThat(space.total()).isGreaterThanOrEqualTo(space.free());
        assertThat(space.usable()).isNotNegative();
    }

    @Test
    void aCopyIsAFileOfItsOwn() throws IOException {
        ServerSideCopy copying = need(ServerSideCopy.class);
        copying.copy(path("/hello.txt"), path("/folder/copy"), RenameMode.FAIL_IF_EXISTS);
        put("/hello.txt", "changed");
        assertThat(get("/folder/copy")).isEqualTo("hello");
        assertThatThrownBy(() -> copying.copy(path("/hello.txt"), path("/folder/copy"), RenameMode.FAIL_IF_EXISTS))
                .isExactlyInstanceOf(FileAlreadyExistsException.class);
        copying.copy(path("/hello.txt"), path("/folder/copy"), RenameMode.REPLACE);
        assertThat(get("/folder/copy")).isEqualTo("changed");
        assertThatThrownBy(() -> copying.copy(path("/folder"), path("/x"), RenameMode.REPLACE))
                .isExactlyInstanceOf(NotAFileException.class);
    }

    @Test
    void capabilitiesAreTheSameEachTime() {
        for (Class<?> type : List.of(
                AppendSupport.class, PositionalFiles.class, Links.class, ResumableUploads.class, AtomicReplace.class)) {
            assertThat(fs().capability(type).isPresent())
                    .isEqualTo(fs().capability(type).isPresent());
        }
        assertThat(fs().capability(Runnable.class)).isEmpty();
    }
}

package io.portolan.fs.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.PartialUploads;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upload does when the disk fails it in the middle of something. */
class PendingFileTest {

    @TempDir
    Path directory;

    private Store store;
    private FailingFolder folder;
    private Place place;

    @BeforeEach
    void open() throws IOException {
        directory = directory.toRealPath();
        Root root = new Root(directory, true, 1);
        NameRules rules = new NameRules(FileSystems.getDefault());
        store = new Store(
                root,
                new Walker(root, rules, LinkPolicy.FOLLOW_INSIDE),
                rules,
                PartialUploads.KEEP,
                null,
                null,
                Store.noActiveParts(),
                new Sweeper(Sweeper.DEFAULT_AGE, Clock.systemUTC()));
        folder = new FailingFolder(new PlainFolder(root, directory));
        place = new Place(VirtualPath.of("/file"), folder, "file", null);
    }

    private Path kept() {
        return directory.resolve(HiddenNames.kept("file"));
    }

    @Test
    void aKeptPartThatCannotBeOpenedIsPutBack() throws IOException {
        Files.writeString(kept(), "part");
        folder.failsToOpen = true;

        assertThatThrownBy(() -> PendingFile.takeKept(store, place, 4)).hasMessageContaining("no more files");

        assertThat(kept()).hasContent("part");
        assertThat(directory).isDirectoryNotContaining(file -> !file.equals(kept()));
        assertThat(store.activeParts()).isEmpty();
    }

    @Test
    void anUploadThatIsPublishedSucceedsEvenIfTheOldPartCannotBeDeleted() throws IOException {
        Files.writeString(kept(), "part");
        folder.failsToDelete = true;

        PendingFile file = PendingFile.make(store, place, WriteMode.REPLACE, false);
        file.channel().write(ByteBuffer.wrap("whole".getBytes(StandardCharsets.US_ASCII)));
        file.publish();
        file.close();

        assertThat(directory.resolve("file")).hasContent("whole");
    }

    /** Does as another folder does, but for what it is told to fail at. */
    private static final class FailingFolder extends Folder {
        private final PlainFolder real;
        private boolean failsToOpen;
        private boolean failsToDelete;

        FailingFolder(PlainFolder real) {
            super(real.location);
            this.real = real;
        }

        @Override
        BasicFileAttributes attributes() throws IOException {
            return real.attributes();
        }

        @Override
        BasicFileAttributes attributes(Path name) throws IOException {
            return real.attributes(name);
        }

        @Override
        <V extends FileAttributeView> @Nullable V view(@Nullable String name, Class<V> type) {
            return real.view(name, type);
        }

        @Override
        Folder child(String name, BasicFileAttributes seen) throws IOException {
            return real.child(name, seen);
        }

        @Override
        Folder again() {
            return real.again();
        }

        @Override
        SeekableByteChannel open(String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
            if (failsToOpen) {
                throw new FileSystemException(name, null, "no more files");
            }
            return real.open(name, options, attributes);
        }

        @Override
        void deleteFile(String name) throws IOException {
            if (failsToDelete) {
                throw new FileSystemException(name, null, "not now");
            }
            real.deleteFile(name);
        }

        @Override
        void deleteDirectory(String name) throws IOException {
            real.deleteDirectory(name);
        }

        @Override
        void moveReplacing(String name, Folder target, String newName) throws IOException {
            real.moveReplacing(name, real, newName);
        }

        @Override
        void moveNew(String name, Folder target, String newName) throws IOException {
            real.moveNew(name, real, newName);
        }

        @Override
        void createDirectory(String name, FileAttribute<?>... attributes) throws IOException {
            real.createDirectory(name, attributes);
        }

        @Override
        void createLink(String name, LinkMaker maker, @Nullable Object expectedKey) throws IOException {
            real.createLink(name, maker, expectedKey);
        }

        @Override
        Names names() throws IOException {
            return real.names();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}

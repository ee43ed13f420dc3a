package io.portolan.fs.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portolan.fs.AppendSupport;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.RenameMode;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A directory is swapped for a link that leads out, and back, as fast as a thread can, while operations pass through it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ConfinementRaceTest {

    private static final int ATTEMPTS = 4000;

    @TempDir
    Path top;

    private Path outside;
    private Path victim;
    private PathFileSystem fs;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong swaps = new AtomicLong();
    private Thread swapper;

    @BeforeEach
    void build() throws IOException {
        Path root = Files.createDirectory(top.resolve("root"));
        outside = Files.createDirectory(top.resolve("outside"));
        victim = Files.createDirectory(root.resolve("victim"));
        for (Path directory : new Path[] {outside, victim}) {
            String content = directory == outside ? "secret" : "inside";
            Files.writeString(directory.resolve("file"), content);
            Files.createDirectory(directory.resolve("sub"));
        }
        Files.setLastModifiedTime(outside.resolve("file"), FileTime.from(Instant.EPOCH));
        Files.writeString(outside.resolve("only-outside"), "secret");
        try (var stream = Files.newDirectoryStream(root)) {
            assumeTrue(stream instanceof SecureDirectoryStream, "no descriptors of directories here");
        }
        fs = PathFileSystem.of(root);
        Path link = Files.createSymbolicLink(top.resolve("link"), outside);
        Path aside = top.resolve("aside");
        swapper = new Thread(() -> {
            try {
                do {
                    Files.move(victim, aside);
                    Files.move(link, victim, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(victim, link, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(aside, victim);
                    swaps.incrementAndGet();
                } while (!stop.get());
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
        swapper.start();
    }

    @AfterEach
    void nothingOutsideHasChanged() throws Exception {
        stop.set(true);
        swapper.join();
        fs.close();
        assertThat(swaps.get()).as("swaps").isPositive();
        assertThat(Files.readString(outside.resolve("file"))).isEqualTo("secret");
        try (var names = Files.list(outside)) {
            assertThat(names.map(name -> name.getFileName().toString()).sorted())
                    .containsExactly("file", "only-outside", "sub");
        }
    }

    private static VirtualPath path(String text) {
        return VirtualPath.of(text);
    }

    /** An operation that may fail whichever way, but must succeed whenever the directory happens to be in its place. */
    private interface Attempt {
        void run(int number) throws IOException;
    }

    private void attack(Attempt attempt) {
        int succeeded = 0;
        // A scheduler may let the swapper sleep at any point for all the attempts: then more of them are needed.
        for (int i = 0; i < ATTEMPTS || succeeded == 0; i++) {
            try {
                attempt.run(i);
                succeeded++;
            } catch (IOException refused) {
                assertThat(String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT))
                        .doesNotContain("secret");
            }
        }
    }

    @Test
    void nothingOutsideIsRead() {
        attack(i -> {
            try (var file = fs.openRead(path("/victim/file"), 0)) {
                ByteBuffer buffer = ByteBuffer.allocate(16);
                int count = file.read(buffer);
                assertThat(new String(buffer.array(), 0, count, StandardCharsets.UTF_8))
                        .isEqualTo("inside");
            }
        });
    }

    @Test
    void nothingOutsideIsDescribedOrListed() {
        attack(i -> {
            assertThat(fs.stat(path("/victim/file"), LinkHandling.FOLLOW).modified())
                    .isAfter(Instant.EPOCH);
            try (var listing = fs.list(path("/victim"))) {
                for (DirectoryEntry entry : listing.next(100)) {
                    assertThat(entry.name()).isNotEqualTo("only-outside");
                    assertThat(entry.info().modified()).isAfter(Instant.EPOCH);
                }
            }
        });
    }

    @Test
    void nothingOutsideIsWritten() {
        attack(i -> {
            WriteMode mode = i % 2 == 0 ? WriteMode.REPLACE : WriteMode.CREATE_NEW;
            String name = mode == WriteMode.REPLACE ? "/victim/file" : "/victim/new" + i;
            try (WritableFile file = fs.openWrite(path(name), mode)) {
                file.write(ByteBuffer.wrap(new byte[] {'x'}));
                file.commit();
            }
        });
    }

    @Test
    void nothingOutsideIsAppendedTo() {
        attack(i -> {
            try (WritableFile file =
                    fs.capability(AppendSupport.class).orElseThrow().openAppend(path("/victim/file"))) {
                file.write(ByteBuffer.wrap(new byte[] {'x'}));
                file.commit();
            }
        });
    }

    @Test
    void noDirectoryOrLinkIsMadeOutside() {
        Links links = fs.capability(Links.class).orElseThrow();
        attack(i -> {
            switch (i % 3) {
                case 0 -> fs.createDirectory(path("/victim/made" + i));
                case 1 -> links.createSymbolicLink(path("/victim/link" + i), "file");
                default -> links.createHardLink(path("/victim/hard" + i), path("/victim/file"));
            }
        });
    }

    @Test
    void noFileOutsideIsLinkedInside() {
        Links links = fs.capability(Links.class).orElseThrow();
        attack(i -> {
            VirtualPath name = path("/hard" + i);
            links.createHardLink(name, path("/victim/file"));
            assertThat(fs.stat(name, LinkHandling.NO_FOLLOW).modified()).isAfter(Instant.EPOCH);
            fs.delete(name);
        });
    }

    @Test
    void nothingOutsideIsDeleted() {
        attack(i -> {
            switch (i % 4) {
                case 0 -> fs.createDirectory(path("/victim/gone"));
                case 1 -> fs.deleteDirectory(path(i % 8 == 1 ? "/victim/gone" : "/victim/sub"));
                case 2 -> fs.delete(path("/victim/file"));
                default -> fs.delete(path("/victim/only-outside"));
            }
        });
    }

    @Test
    void nothingIsRenamedInOrOut() {
        // Where the file is now: a rename that fails leaves it there, and the next attempt starts from that.
        AtomicBoolean taken = new AtomicBoolean();
        attack(i -> {
            if (taken.get()) {
                fs.rename(path("/taken"), path("/victim/file"), RenameMode.FAIL_IF_EXISTS);
                taken.set(false);
            } else {
                fs.rename(path("/victim/file"), path("/taken"), RenameMode.REPLACE);
                taken.set(true);
                assertThat(fs.stat(path("/taken"), LinkHandling.FOLLOW).modified())
                        .isAfter(Instant.EPOCH);
            }
        });
    }
}

package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.guard.RateLimit;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a session can do, with servers of all versions. */
class SftpSessionTest extends SessionCase {

    private static final int BIG = 3_000_001;

    private static byte[] get(BlockingSftpSession session, String path) throws IOException {
        ByteSink sink = TransferSink.toBytes(BIG);
        session.download(path, sink, DownloadOptions.defaults());
        return sink.bytes();
    }

    private static void put(BlockingSftpSession session, byte[] content, String path) throws IOException {
        session.upload(TransferSource.fromBytes(content), path, UploadOptions.defaults());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void movesFilesBothWays(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        for (int size : new int[] {0, 1, 32 * 1024, 64 * 1024, 64 * 1024 + 1, BIG}) {
            byte[] content = content(size);
            TransferResult up = session.upload(TransferSource.fromBytes(content), "file", UploadOptions.defaults());
            assertThat(up).isEqualTo(new TransferResult(size, 0, Verification.NONE));
            assertThat(session.stat("file").orElseThrow().size()).hasValue(size);
            assertThat(get(session, "file")).isEqualTo(content);
        }
        assertThat(server().isSettled()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void replacesALargerFile(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        put(session, content(1000), "file");
        put(session, content(10), "file");
        assertThat(get(session, "file")).isEqualTo(content(10));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void movesManySmallFilesAtATime(Server server) throws Exception {
        SftpSession session = connect(server);
        int files = 300;
        List<CompletableFuture<TransferResult>> all = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            all.add(session.upload(TransferSource.fromBytes(content(i)), "file" + i)
                    .completion());
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get();
        List<ByteSink> sinks = new ArrayList<>();
        all.clear();
        for (int i = 0; i < files; i++) {
            sinks.add(TransferSink.toBytes(files));
            all.add(session.download("file" + i, sinks.get(i)).completion());
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get();
        for (int i = 0; i < files; i++) {
            assertThat(sinks.get(i).bytes()).isEqualTo(content(i));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void goesOnWhereATransferBroke(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        byte[] content = content(BIG);
        put(session, Arrays.copyOf(content, 1_000_000), "file");
        TransferResult up = session.upload(
                TransferSource.fromBytes(content),
                "file",
                UploadOptions.builder()
                        .resume(true)
                        .verification(Verification.BEST)
                        .build());
        assertThat(up.offset()).isEqualTo(1_000_000);
        assertThat(up.octets()).isEqualTo(BIG - 1_000_000);
        assertThat(get(session, "file")).isEqualTo(content);

        Path part = folder.resolve("down.part");
        Files.write(part, Arrays.copyOf(content, 2_000_000));
        TransferResult down = session.download(
                "file",
                TransferSink.toPathResumable(folder.resolve("down")),
                DownloadOptions.builder()
                        .resume(true)
                        .verification(Verification.SIZE)
                        .build());
        assertThat(down).isEqualTo(new TransferResult(BIG - 2_000_000, 2_000_000, Verification.SIZE));
        assertThat(folder.resolve("down")).hasBinaryContent(content);
    }

    @ParameterizedTest
    @EnumSource(
            value = Server.class,
            names = {"VERSION_3", "VERSION_6"})
    void comparesTheWholeOfADownloadThatGoesOn(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        byte[] content = content(BIG);
        put(session, content, "file");
        DownloadOptions resume = DownloadOptions.builder()
                .resume(true)
                .verification(Verification.HASH)
                .build();
        Files.write(folder.resolve("down.part"), Arrays.copyOf(content, 1_000_000));
        TransferResult down = session.download("file", TransferSink.toPathResumable(folder.resolve("down")), resume);
        assertThat(down).isEqualTo(new TransferResult(BIG - 1_000_000, 1_000_000, Verification.HASH));
        assertThat(folder.resolve("down")).hasBinaryContent(content);

        Files.write(folder.resolve("down.part"), new byte[1_000_000]);
        assertThatThrownBy(() -> session.download("file", TransferSink.toPathResumable(folder.resolve("down")), resume))
                .isInstanceOf(SftpVerificationException.class);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void takesNothingForTheBeginningOfAShorterFile(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        for (int there : new int[] {0, 10}) {
            put(session, new byte[there], "shorter");
            Files.write(folder.resolve("down.part"), new byte[32]);
            assertThatThrownBy(() -> session.download(
                            "shorter",
                            TransferSink.toPathResumable(folder.resolve("down")),
                            DownloadOptions.builder()
                                    .resume(true)
                                    .verification(Verification.NONE)
                                    .build()))
                    .isInstanceOf(SftpException.class)
                    .hasMessageContaining("has " + there + " octets, and is to be read from 32 on");
            assertThat(folder.resolve("down")).doesNotExist();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void appends(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        UploadOptions append = UploadOptions.builder().append(true).build();
        for (String part : List.of("one, ", "two")) {
            session.upload(TransferSource.fromBytes(part.getBytes(StandardCharsets.UTF_8)), "file", append);
        }
        assertThat(get(session, "file")).asString().isEqualTo("one, two");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void putsAFileInItsPlaceOnlyWhenItIsWhole(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        session.createDirectory("folder");
        put(session, content(1000), "folder/file");
        session.upload(
                TransferSource.fromBytes(content(2000)),
                "folder/file",
                UploadOptions.builder()
                        .atomic(true)
                        .modified(Instant.parse("2020-02-03T04:05:06Z"))
                        .permissionBits(0640)
                        .build());
        assertThat(get(session, "folder/file")).isEqualTo(content(2000));
        RemoteEntry entry = session.stat("folder/file").orElseThrow();
        assertThat(entry.modified()).hasValue(Instant.parse("2020-02-03T04:05:06Z"));
        assertThat(entry.permissionBits()).hasValue(0640);
        assertThat(session.list("folder")).extracting(RemoteEntry::name).containsExactly("file");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void leavesNothingOfAnAtomicUploadThatFails(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        session.createDirectory("folder");
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(content(1_000_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        });
        assertThatThrownBy(() -> session.upload(
                        TransferSource.fromInputStream(broken),
                        "folder/file",
                        UploadOptions.builder().atomic(true).build()))
                .hasMessage("broken");
        assertThat(session.list("folder")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void managesFilesAndDirectories(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        session.createDirectories("a/b/c");
        session.createDirectories("a/b/c");
        put(session, content(10), "a/b/file");
        assertThatThrownBy(() -> session.createDirectory("a/b")).isInstanceOf(SftpStatusException.class);
        session.rename("a/b/file", "a/b/other");
        assertThat(session.stat("a/b/file")).isEmpty();
        put(session, content(20), "a/b/file");
        assertThatThrownBy(() -> session.rename("a/b/file", "a/b/other")).isInstanceOf(SftpStatusException.class);
        session.replace("a/b/file", "a/b/other");
        assertThat(session.stat("a/b/other").orElseThrow().size()).hasValue(20);
        session.createLink("a/b/link", "other");
        assertThat(session.readLink("a/b/link")).isEqualTo("other");
        assertThat(session.stat("a/b/link").orElseThrow().isFile()).isTrue();
        assertThat(session.statLink("a/b/link").orElseThrow().isFile()).isFalse();
        session.setPermissions("a/b/other", 0600);
        session.setModified("a/b/other", Instant.ofEpochSecond(1_000_000));
        RemoteEntry other = session.list("a/b").stream()
                .filter(entry -> entry.name().equals("other"))
                .findFirst()
                .orElseThrow();
        assertThat(other.permissionBits()).hasValue(0600);
        assertThat(other.modified()).hasValue(Instant.ofEpochSecond(1_000_000));
        assertThat(session.list("a/b")).extracting(RemoteEntry::name).containsExactlyInAnyOrder("c", "other", "link");
        assertThatThrownBy(() -> session.deleteDirectory("a")).isInstanceOf(SftpStatusException.class);
        session.changeDirectory("a");
        assertThat(session.workingDirectory()).endsWith("/a");
        assertThat(session.list("")).extracting(RemoteEntry::name).containsExactly("b");
        session.deleteRecursively("b");
        assertThat(session.list("")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void keepsTimesAndPermissions(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        put(session, content(10), "file");
        session.setPermissions("file", 0604);
        session.setModified("file", Instant.ofEpochSecond(1_000_000));
        Path here = folder.resolve("here");
        session.download(
                "file",
                TransferSink.toPath(here),
                DownloadOptions.builder().keepAttributes(true).build());
        assertThat(here).hasBinaryContent(content(10));
        assertThat(Files.getLastModifiedTime(here).toInstant()).isEqualTo(Instant.ofEpochSecond(1_000_000));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(here)))
                .isEqualTo("rw----r--");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void tellsWhoseFilesTheyAre(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        put(session, content(1), "file");
        Optional<String> user = switch (server) {
            case OPENSSH -> Optional.of(Files.getOwner(folder).getName());
            default -> Optional.empty();
        };
        if (!session.features().has("users-groups-by-id@openssh.com")) {
            user = Optional.empty();
        }
        RemoteEntry listed = session.list("").stream()
                .filter(each -> each.name().equals("file"))
                .findFirst()
                .orElseThrow();
        if (server != Server.ON_DISK) {
            // ours looks names up by and by
            assertThat(listed.owner()).isEqualTo(user);
            assertThat(session.stat("file").orElseThrow().owner()).isEqualTo(user);
        }
    }

    @Test
    void keepsToALimit() throws Exception {
        BlockingSftpSession session = connect(Server.VERSION_3).blocking();
        RateLimit limit = RateLimit.bytesPerSecond(2_000_000);
        long before = System.nanoTime();
        session.upload(
                TransferSource.fromBytes(content(400_000)),
                "file",
                UploadOptions.builder().rateLimit(limit).build());
        session.download(
                "file",
                TransferSink.toBytes(400_000),
                DownloadOptions.builder().rateLimit(limit).build());
        // but for what a limit lets through at once
        assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void saysWhatIsNotThere(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        assertThat(session.stat("nothing")).isEmpty();
        assertThatThrownBy(() -> get(session, "nothing")).isInstanceOfSatisfying(SftpStatusException.class, e -> {
            assertThat(e.isNotFound()).isTrue();
            assertThat(e).hasMessageContaining("nothing");
        });
        assertThatThrownBy(() -> session.list("nothing")).isInstanceOf(SftpStatusException.class);
        assertThatThrownBy(() -> session.delete("nothing")).isInstanceOf(SftpStatusException.class);
        assertThatThrownBy(() -> put(session, content(1), "nowhere/file")).isInstanceOf(SftpStatusException.class);
        assertThat(session.isOpen()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void listsADirectoryAsAStream(Server server) throws Exception {
        SftpSession session = connect(server);
        List<CompletableFuture<TransferResult>> all = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            all.add(session.upload(TransferSource.fromBytes(new byte[0]), "file" + i)
                    .completion());
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get();
        Listing listing = session.list("");
        assertThat(listing.stream().map(RemoteEntry::name).distinct()).hasSize(700);
        assertThat(listing.completion().get()).isEqualTo(new ListingResult(700, 0, List.of()));
        assertThatThrownBy(() -> session.list("").toList(699).get()).hasMessageContaining("more than 699");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void endsWhenAllIsDone(Server server) throws Exception {
        SftpSession session = connect(server);
        CompletableFuture<TransferResult> upload =
                session.upload(TransferSource.fromBytes(content(BIG)), "file").completion();
        session.quit().get();
        assertThat(upload.get().octets()).isEqualTo(BIG);
        assertThat(session.isOpen()).isFalse();
    }
}

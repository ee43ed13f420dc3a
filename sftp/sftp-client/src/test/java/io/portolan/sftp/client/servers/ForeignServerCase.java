package io.portolan.sftp.client.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.FileType;
import io.portolan.mirror.MirrorResult;
import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.DownloadOptions;
import io.portolan.sftp.client.KeyWatch;
import io.portolan.sftp.client.RemoteEntry;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpMirror;
import io.portolan.sftp.client.TransferResult;
import io.portolan.sftp.client.UploadOptions;
import io.portolan.sftp.client.Verification;
import io.portolan.testing.Patience;
import io.portolan.testing.Payload;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client does with any server, in each version of the protocol that the server has too. One server for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ForeignServerCase {

    /** Some packets of each server. */
    private static final int BIG = 3_000_000;

    /** More than a packet. */
    private static final int SHORT = 100_000;

    /** More than are under way at a time. */
    private static final int MANY = 150;

    private static final Instant TIME = Instant.parse("2024-05-06T07:08:09Z");

    private ForeignServer server;
    private final Map<Integer, SftpClient> clients = new HashMap<>();

    /** What the server is. */
    abstract ForeignServer startServer() throws Exception;

    /** The newest version of the protocol that the server has. */
    int newest() {
        return 3;
    }

    /** What is in a link that was made to lead to a path from its folder. */
    String written(int version, String folder, String target) {
        return target;
    }

    final IntStream versions() {
        return IntStream.rangeClosed(3, newest());
    }

    @BeforeAll
    void start() throws Exception {
        server = startServer();
        for (int version : versions().toArray()) {
            clients.put(version, server.client().sftpVersion(version).build());
        }
    }

    @AfterAll
    void stop() throws Exception {
        clients.values().forEach(SftpClient::close);
        // nothing is there where the server is missing
        if (server != null) {
            server.close();
        }
    }

    final BlockingSftpSession session(int version) throws Exception {
        BlockingSftpSession session = clients.get(version).connectBlocking();
        assertThat(session.realPath(".")).isNotEmpty();
        assertThat(session.features().version()).isEqualTo(version);
        return session;
    }

    /** An empty folder. */
    final String folder(BlockingSftpSession session, String name) throws Exception {
        String folder = server.remote(name + "-" + session.features().version());
        session.createDirectory(folder);
        return folder;
    }

    private static byte[] get(BlockingSftpSession session, String path) throws Exception {
        ByteSink back = TransferSink.toBytes(BIG);
        session.download(path, back, DownloadOptions.defaults());
        return back.bytes();
    }

    private static TransferResult put(BlockingSftpSession session, byte[] content, String path, UploadOptions options)
            throws Exception {
        return session.upload(TransferSource.fromBytes(content), path, options);
    }

    @Test
    void letsInByAPassword() throws Exception {
        SftpClient.Builder settings = server.clientWithPassword();
        Assumptions.assumeTrue(settings != null, "nobody knows the password");
        try (SftpClient other = settings.build();
                BlockingSftpSession session = other.connectBlocking()) {
            assertThat(session.realPath(".")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void movesFilesBothWays(int version) throws Exception {
        byte[] content = Payload.bytes(BIG);
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "moves");
            String file = folder + "/file";
            put(session, content, file, UploadOptions.defaults());
            assertThat(get(session, file)).isEqualTo(content);
            // shorter than what was there
            byte[] less = Payload.bytes(SHORT);
            put(session, less, file, UploadOptions.builder().atomic(true).build());
            assertThat(get(session, file)).isEqualTo(less);
            put(session, new byte[0], file, UploadOptions.defaults());
            assertThat(get(session, file)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void appendsAndGoesOn(int version, @TempDir Path here) throws Exception {
        byte[] content = Payload.bytes(BIG);
        try (BlockingSftpSession session = session(version)) {
            String file = folder(session, "goes-on") + "/file";
            put(session, Arrays.copyOf(content, SHORT), file, UploadOptions.defaults());
            TransferResult up = put(
                    session, content, file, UploadOptions.builder().resume(true).build());
            assertThat(up.offset()).isEqualTo(SHORT);
            assertThat(get(session, file)).isEqualTo(content);

            Files.write(here.resolve("down.part"), Arrays.copyOf(content, SHORT));
            TransferResult down = session.download(
                    file,
                    TransferSink.toPathResumable(here.resolve("down")),
                    DownloadOptions.builder().resume(true).build());
            assertThat(down.offset()).isEqualTo(SHORT);
            assertThat(here.resolve("down")).hasBinaryContent(content);

            String text = file + ".txt";
            for (String part : List.of("one, ", "two")) {
                put(
                        session,
                        part.getBytes(StandardCharsets.UTF_8),
                        text,
                        UploadOptions.builder().append(true).build());
            }
            assertThat(get(session, text)).asString(StandardCharsets.UTF_8).isEqualTo("one, two");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aFileThatIsCopiedOntoItselfStaysWhole(int version) throws Exception {
        byte[] content = Payload.bytes(SHORT);
        try (BlockingSftpSession session = session(version)) {
            Assumptions.assumeTrue(session.features().has("copy-data"), "the server copies nothing");
            String file = folder(session, "copies") + "/file";
            put(session, content, file, UploadOptions.defaults());
            session.copy(file, file);
            assertThat(get(session, file)).isEqualTo(content);
            session.copy(file, file + "-2");
            session.copy(file + "-2", file);
            assertThat(get(session, file)).isEqualTo(content);
            assertThat(get(session, file + "-2")).isEqualTo(content);
        }
    }

    /** In the middle and at the end there is nothing but zeros. */
    @ParameterizedTest
    @MethodSource("versions")
    void whatIsZeroIsNotSentAndYetThere(int version) throws Exception {
        byte[] content = new byte[3 * BIG];
        System.arraycopy(Payload.bytes(SHORT), 0, content, 0, SHORT);
        System.arraycopy(Payload.bytes(SHORT), 0, content, 2 * BIG, SHORT);
        try (BlockingSftpSession session = session(version)) {
            String file = folder(session, "sparse") + "/file";
            put(session, Payload.bytes(SHORT), file, UploadOptions.defaults());
            for (boolean atomic : new boolean[] {false, true}) {
                UploadOptions sparse =
                        UploadOptions.builder().sparse(true).atomic(atomic).build();
                assertThat(put(session, content, file, sparse).octets()).isEqualTo(content.length);
                ByteSink back = TransferSink.toBytes(content.length);
                session.download(file, back, DownloadOptions.defaults());
                assertThat(back.bytes()).isEqualTo(content);
            }
            byte[] zeros = new byte[BIG];
            put(session, zeros, file, UploadOptions.builder().sparse(true).build());
            assertThat(get(session, file)).isEqualTo(zeros);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void verifiesAsWellAsTheServerCan(int version) throws Exception {
        byte[] content = Payload.bytes(SHORT);
        try (BlockingSftpSession session = session(version)) {
            String file = folder(session, "verified") + "/file";
            UploadOptions best =
                    UploadOptions.builder().verification(Verification.BEST).build();
            assertThat(put(session, content, file, best).verified()).isNotEqualTo(Verification.NONE);
            assertThat(session.download(
                                    file,
                                    TransferSink.toBytes(SHORT),
                                    DownloadOptions.builder()
                                            .verification(Verification.BEST)
                                            .build())
                            .verified())
                    .isNotEqualTo(Verification.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void changesNamesAndFolders(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "names");
            put(session, new byte[] {1}, folder + "/one", UploadOptions.defaults());
            put(session, new byte[] {2, 2}, folder + "/two", UploadOptions.defaults());
            session.rename(folder + "/one", folder + "/ünder score");
            assertThat(session.stat(folder + "/one")).isEmpty();
            session.replace(folder + "/two", folder + "/ünder score");
            assertThat(get(session, folder + "/ünder score")).containsExactly(2, 2);
            session.delete(folder + "/ünder score");
            session.createDirectories(folder + "/a/b/c");
            assertThat(session.stat(folder + "/a/b/c")).get().matches(RemoteEntry::isDirectory);
            put(session, new byte[] {3}, folder + "/a/b/file", UploadOptions.defaults());
            assertThatThrownBy(() -> session.deleteDirectory(folder + "/a/b")).isInstanceOf(SftpException.class);
            session.deleteRecursively(folder + "/a");
            assertThat(session.list(folder)).isEmpty();
            session.deleteDirectory(folder);
            assertThat(session.stat(folder)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void keepsTimesAndModes(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String file = folder(session, "attributes") + "/file";
            put(
                    session,
                    new byte[SHORT],
                    file,
                    UploadOptions.builder().modified(TIME).build());
            session.setPermissions(file, 0640);
            RemoteEntry entry = session.stat(file).orElseThrow();
            assertThat(entry.size()).hasValue(SHORT);
            assertThat(entry.isFile()).isTrue();
            assertThat(entry.modified()).contains(TIME);
            assertThat(entry.permissionBits()).hasValue(0640);
            session.setModified(file, TIME.plusSeconds(1));
            assertThat(session.stat(file).orElseThrow().modified()).contains(TIME.plusSeconds(1));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void makesLinksAndTellsThemFromWhatTheyPointTo(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "links");
            Path here = local(folder);
            put(session, new byte[SHORT], folder + "/file", UploadOptions.defaults());
            session.createLink(folder + "/link", "file");
            session.createLink(folder + "/away", "nowhere");
            session.createDirectory(folder + "/below");
            session.createLink(folder + "/below/link", "inner");
            assertThat(target(here, "link")).isEqualTo(written(version, folder, "file"));
            assertThat(target(here, "away")).isEqualTo(written(version, folder, "nowhere"));
            assertThat(target(here, "below/link")).isEqualTo(written(version, folder + "/below", "inner"));

            assertThat(session.statLink(folder + "/link").orElseThrow().type()).isEqualTo(FileType.SYMBOLIC_LINK);
            assertThat(session.statLink(folder + "/away").orElseThrow().type()).isEqualTo(FileType.SYMBOLIC_LINK);
            assertThat(session.statLink(folder + "/file").orElseThrow().type()).isEqualTo(FileType.FILE);
            assertThat(session.statLink(folder + "/below").orElseThrow().type()).isEqualTo(FileType.DIRECTORY);
            assertThat(session.statLink(folder + "/missing")).isEmpty();
            assertThat(session.stat(folder + "/away")).isEmpty();
            assertThat(session.list(folder))
                    .filteredOn(entry -> entry.type() == FileType.SYMBOLIC_LINK)
                    .extracting(RemoteEntry::name)
                    .containsExactlyInAnyOrder("link", "away");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void followsLinks(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "follows");
            put(session, new byte[SHORT], folder + "/file", UploadOptions.defaults());
            Files.createSymbolicLink(local(folder).resolve("link"), Path.of("file"));
            assertThat(session.stat(folder + "/link").orElseThrow().size()).hasValue(SHORT);
            assertThat(get(session, folder + "/link")).hasSize(SHORT);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void readsLinksToWholePaths(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "whole");
            session.createLink(folder + "/link", folder + "/file");
            // ours tells it from the link's folder
            assertThat(Path.of(folder)
                            .resolve(session.readLink(folder + "/link"))
                            .normalize())
                    .hasToString(folder + "/file");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void readsLinksToPathsFromTheirFolder(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "reads");
            Files.createSymbolicLink(local(folder).resolve("link"), Path.of("file"));
            assertThat(session.readLink(folder + "/link")).isEqualTo("file");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void makesHardLinks(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "hard");
            put(session, new byte[SHORT], folder + "/file", UploadOptions.defaults());
            session.createHardLink(folder + "/same", folder + "/file");
            assertThat(Files.isSameFile(
                            local(folder).resolve("same"), local(folder).resolve("file")))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void deletesALinkAndLeavesWhatItPointsTo(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "leaves");
            Path here = local(folder);
            session.createDirectory(folder + "/kept");
            put(session, new byte[SHORT], folder + "/kept/file", UploadOptions.defaults());
            Files.createSymbolicLink(here.resolve("directory"), Path.of("kept"));
            Files.createSymbolicLink(here.resolve("link"), Path.of("kept/file"));
            session.deleteRecursively(folder + "/directory");
            session.delete(folder + "/link");
            assertThat(here.resolve("directory")).doesNotExist();
            assertThat(Files.isSymbolicLink(here.resolve("link"))).isFalse();
            assertThat(here.resolve("kept/file")).hasSize(SHORT);
        }
    }

    final Path local(String folder) {
        return server.local(folder.substring(folder.lastIndexOf('/') + 1));
    }

    private static String target(Path folder, String link) throws IOException {
        return Files.readSymbolicLink(folder.resolve(link)).toString();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void movesManySmallFilesAtATimeAndListsThem(int version) throws Exception {
        try (BlockingSftpSession session = session(version)) {
            String folder = folder(session, "many");
            List<CompletableFuture<?>> ends = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                ends.add(session.async()
                        .upload(TransferSource.fromBytes(Payload.bytes(i)), folder + "/file" + i)
                        .completion());
            }
            all(ends);
            List<RemoteEntry> entries = session.list(folder);
            assertThat(entries)
                    .hasSize(MANY)
                    .allSatisfy(entry -> assertThat(entry.size())
                            .hasValue(Integer.parseInt(entry.name().substring("file".length()))));
            List<ByteSink> contents = new ArrayList<>();
            ends.clear();
            for (int i = 0; i < MANY; i++) {
                ByteSink back = TransferSink.toBytes(MANY);
                contents.add(back);
                ends.add(session.async().download(folder + "/file" + i, back).completion());
            }
            all(ends);
            for (int i = 0; i < MANY; i++) {
                assertThat(contents.get(i).bytes()).isEqualTo(Payload.bytes(i));
            }
        }
    }

    private static void all(List<CompletableFuture<?>> ends) {
        assertThat(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Patience.LONG_ENOUGH);
    }

    @Test
    void mirrorsOnceAndNotTwice(@TempDir Path here) throws Exception {
        Path from = Files.createDirectory(here.resolve("from"));
        Path to = Files.createDirectory(here.resolve("to"));
        for (int i = 0; i < 20; i++) {
            Path file = from.resolve("folder" + i % 3).resolve("file" + i);
            Files.createDirectories(file.getParent());
            Files.write(file, Payload.bytes(i * 1000));
        }
        SftpClient client = clients.get(newest());
        String folder = server.remote("mirror");
        try (BlockingSftpSession session = client.connectBlocking()) {
            session.createDirectory(folder);
        }
        copies(SftpMirror.between(client, folder, from).upload(), 20);
        copies(SftpMirror.between(client, folder, from).upload(), 0);
        copies(SftpMirror.between(client, folder, to).download(), 20);
        copies(SftpMirror.between(client, folder, to).download(), 0);
        assertThat(Payload.contents(to)).isEqualTo(Payload.contents(from));
    }

    private static void copies(MirrorResult result, int files) {
        assertThat(result.failures()).isEmpty();
        assertThat(result.copied()).isEqualTo(files);
    }

    @Test
    void keysAreRenewedWhileFilesMoveBothWaysAtATime() throws Exception {
        byte[] content = Payload.bytes(BIG);
        SftpClient.Builder settings = server.client().renewKeysAfter(1 << 20, Duration.ofHours(1));
        KeyWatch watch = KeyWatch.of(settings);
        try (SftpClient other = settings.build();
                BlockingSftpSession session = other.connectBlocking()) {
            String there = server.remote("renewed");
            put(session, content, there + 0, UploadOptions.defaults());
            List<CompletableFuture<?>> ends = new ArrayList<>();
            List<ByteSink> contents = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                ends.add(session.async()
                        .upload(TransferSource.fromBytes(content), there + i)
                        .completion());
                ByteSink back = TransferSink.toBytes(BIG);
                contents.add(back);
                ends.add(session.async().download(there + 0, back).completion());
            }
            all(ends);
            assertThat(contents).allSatisfy(back -> assertThat(back.bytes()).isEqualTo(content));
            for (int i = 1; i <= 3; i++) {
                assertThat(get(session, there + i)).isEqualTo(content);
            }
        }
        // 30 million octets, of which both ways may be counted together or each for itself
        assertThat(watch.renewed()).hasSizeGreaterThan(10);
    }
}

package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.sftp.client.internal.protocol.ProtocolSettings;
import io.portolan.sftp.client.testing.FakeServer;
import io.portolan.sftp.client.testing.TestServer;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferProgress;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do wrong, and what comes of it. */
class MisbehavingServerTest extends SessionCase {

    private static final int SIZE = 500_000;

    /** Requests that the server has, and that wait. */
    private static final int MOST_ASKED = 1024 + 16 * 1024;

    private static final Duration SHORT = Duration.ofMillis(200);

    private final byte[] content = content(SIZE);
    private final FakeServer server = new FakeServer(content);

    private SftpSession connect() throws Exception {
        return session(TestServer.of(threads, ProtocolSettings.DEFAULT, server));
    }

    private TestServer impatient() {
        return TestServer.of(threads, new ProtocolSettings(3, SHORT), server);
    }

    private static byte[] get(SftpSession session) throws IOException {
        return get(session, DownloadOptions.defaults());
    }

    private static byte[] get(SftpSession session, DownloadOptions options) throws IOException {
        ByteSink sink = TransferSink.toBytes(2 * SIZE);
        session.blocking().download("file", sink, options);
        return sink.bytes();
    }

    @Test
    void aFileThatNobodyWaitsForAnyMoreIsClosedWhenItIsOpen() throws Exception {
        server.keepsBack(SftpMessageNumber.OPEN);
        SftpSession session = connect();
        isClosed(session.open("file", StandardOpenOption.READ), 1);
        isClosed(session.open("file", 0600, StandardOpenOption.WRITE, StandardOpenOption.CREATE), 2);
    }

    private void isClosed(CompletableFuture<RemoteFile> opening, int times) {
        await().until(() -> Collections.frequency(server.seen(), SftpMessageNumber.OPEN) == times);
        assertThat(opening.cancel(false)).isTrue();
        server.flush();
        await().until(() -> Collections.frequency(server.seen(), SftpMessageNumber.CLOSE) == times);
    }

    // --- content

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4095, 5000, 20_000, 32_767})
    void readsAllFromAServerThatCutsWhatIsRead(int most) throws Exception {
        server.reads(most);
        if (most == 1) {
            server.tells(3000);
            assertThat(get(connect())).isEqualTo(Arrays.copyOf(content, 3000));
        } else {
            assertThat(get(connect())).isEqualTo(content);
        }
    }

    @Test
    void asksForLessAtATimeOnceAServerHasCutWhatIsRead() throws Exception {
        server.reads(10_000).limits(0, 255 * 1024, 255 * 1024, 0);
        get(connect());
        long reads = server.seen().stream()
                .filter(message -> message == SftpMessageNumber.READ)
                .count();
        assertThat(reads).isLessThan(SIZE / 10_000 + 40);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void putsInOrderWhatComesInAnother(int turned) throws Exception {
        server.turns(turned);
        SftpSession session = connect();
        ByteSink sink = TransferSink.toBytes(SIZE);
        Download download = session.download("file", sink);
        await().until(() -> {
            server.flush();
            return download.completion().isDone();
        });
        download.completion().get();
        assertThat(sink.bytes()).isEqualTo(content);
    }

    @Test
    void doesNotTakeAFileThatEndsBeforeItsEnd() throws Exception {
        server.tells(SIZE + 1);
        SftpSession session = connect();
        assertThatThrownBy(() -> get(session)).isInstanceOfSatisfying(TruncatedTransferException.class, e -> {
            assertThat(e.received()).isEqualTo(SIZE);
            assertThat(e.expected()).hasValue(SIZE + 1);
        });
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void readsToTheEndOfAFileThatTellsNoSize() throws Exception {
        server.tells(0);
        assertThat(get(connect())).isEqualTo(content);
    }

    @Test
    void setsNothingAsideForASizeThatIsALie() throws Exception {
        server.tells(Long.MAX_VALUE);
        SftpSession session = connect();
        assertThatThrownBy(() -> get(session)).isInstanceOf(TruncatedTransferException.class);
    }

    @Test
    void takesNoMoreThanTheFileHadWhenItWasOpened() throws Exception {
        server.tells(1000);
        assertThat(get(connect())).isEqualTo(Arrays.copyOf(content, 1000));
    }

    @Test
    void failsAnUploadOfWhichOneWriteHasFailed() throws Exception {
        server.failsWrite(3);
        SftpSession session = connect();
        assertThatThrownBy(() ->
                        session.blocking().upload(TransferSource.fromBytes(content), "file", UploadOptions.defaults()))
                .isInstanceOfSatisfying(
                        SftpStatusException.class, e -> assertThat(e.text()).isEqualTo("no?[2J"));
        assertThat(server.seen()).contains(SftpMessageNumber.CLOSE);
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void findsOutThatAServerHasLostWhatWasSent() throws Exception {
        SftpSession session = connect();
        server.tells(SIZE - 1);
        assertThatThrownBy(() -> session.blocking()
                        .upload(
                                TransferSource.fromBytes(content),
                                "file",
                                UploadOptions.builder()
                                        .verification(Verification.SIZE)
                                        .build()))
                .isInstanceOf(SftpVerificationException.class);
        assertThat(server.written()).isEqualTo(content);
    }

    // --- messages

    private void breaks(SftpMessageNumber message, UnaryOperator<byte[]> change, String why) throws Exception {
        server.answering(message, change);
        SftpSession session = connect();
        assertThatThrownBy(() -> get(session))
                .isInstanceOf(SftpProtocolException.class)
                .hasMessageContaining(why);
        assertThat(session.isOpen()).isFalse();
        assertThatThrownBy(() -> session.delete("file").get()).hasCauseInstanceOf(SftpProtocolException.class);
    }

    private static UnaryOperator<byte[]> with(int index, int value) {
        return octets -> {
            octets[index] = (byte) value;
            return octets;
        };
    }

    @Test
    void leavesAServerThatAnswersWhatNobodyAsked() throws Exception {
        breaks(SftpMessageNumber.READ, with(4, 99), "answers no request");
    }

    @Test
    void leavesAServerThatAnswersTwice() throws Exception {
        breaks(SftpMessageNumber.FSTAT, with(4, 1), "answers no request");
    }

    @Test
    void leavesAServerThatSendsMoreThanWasAskedFor() throws Exception {
        breaks(
                SftpMessageNumber.READ,
                octets -> {
                    byte[] more = Arrays.copyOf(octets, 9 + 100_000);
                    System.arraycopy(new byte[] {0, 1, (byte) 0x86, (byte) 0xa0}, 0, more, 5, 4);
                    return more;
                },
                "DATA of 100000 octets");
    }

    @Test
    void leavesAServerThatSendsNothingAsData() throws Exception {
        breaks(
                SftpMessageNumber.READ,
                octets -> new byte[] {103, octets[1], octets[2], octets[3], octets[4], 0, 0, 0, 0},
                "DATA of 0 octets");
    }

    @Test
    void leavesAServerThatClaimsMoreDataThanItSends() throws Exception {
        breaks(SftpMessageNumber.READ, octets -> Arrays.copyOf(octets, 100), "in a packet with 91");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 100, 106, 199, 200, 255})
    void leavesAServerWhoseRepliesAreNone(int number) throws Exception {
        breaks(SftpMessageNumber.FSTAT, with(0, number), "where a reply is expected");
    }

    @ParameterizedTest
    @ValueSource(ints = {102, 103, 104, 201})
    void leavesAServerThatAnswersWithTheWrongKind(int number) throws Exception {
        breaks(SftpMessageNumber.FSTAT, with(0, number), "in answer to FSTAT");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 8})
    void leavesAServerWhoseMessagesAreCutOff(int length) throws Exception {
        breaks(SftpMessageNumber.OPEN, octets -> Arrays.copyOf(octets, length), "");
    }

    @Test
    void leavesAServerThatSaysOkInsteadOfWhatWasAskedFor() throws Exception {
        breaks(
                SftpMessageNumber.OPEN,
                octets -> new byte[] {101, octets[1], octets[2], octets[3], octets[4], 0, 0, 0, 0},
                "in answer to OPEN");
    }

    @Test
    void leavesAServerWithAHandleOfAnyLength() throws Exception {
        breaks(
                SftpMessageNumber.OPEN,
                octets -> {
                    byte[] longer = Arrays.copyOf(octets, 9 + 2000);
                    longer[7] = 7;
                    longer[8] = (byte) 0xd0;
                    return longer;
                },
                "at most 1024");
    }

    @Test
    void leavesAServerWhosePacketsHaveNoBound() throws Exception {
        breaks(SftpMessageNumber.FSTAT, octets -> Arrays.copyOf(octets, 1 << 20), "a packet of 1048576 octets");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 6, 255})
    void leavesAServerOfAVersionThatWasNotOffered(int version) throws Exception {
        server.answering(SftpMessageNumber.INIT, with(4, version));
        assertThatThrownBy(this::connect)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SftpProtocolException.class);
    }

    @Test
    void leavesAServerWithMoreExtensionsThanAnybodyHas() throws Exception {
        for (int i = 0; i < 257; i++) {
            server.extension("extension" + i, "");
        }
        assertThatThrownBy(this::connect).hasCauseInstanceOf(SftpProtocolException.class);
    }

    @Test
    void takesLimitsThatMakeNoSenseForWhatIsSensible() throws Exception {
        server.limits(1, 1, -1, 0);
        SftpSession session = connect();
        assertThat(session.features().maxRead()).isEqualTo(4096);
        assertThat(session.features().maxWrite()).isEqualTo(4096);
        assertThat(get(session)).isEqualTo(content);
    }

    @Test
    void makesDoWithoutLimitsThatAreNamedAndNotThere() throws Exception {
        server.extension("limits@openssh.com", "1");
        SftpSession session = connect();
        assertThat(session.features().maxRead()).isEqualTo(32 * 1024);
        assertThat(get(session)).isEqualTo(content);
    }

    // --- names

    @Test
    void takesNoNameThatLeadsElsewhere() throws Exception {
        server.lists(".", "..", "../../etc/passwd", "/etc/passwd", "", "a/b", "a\u0000b", "a\nb", "\u001b[2J", "good")
                .lists(new byte[] {(byte) 0xff, 'a'})
                .lists("other\\name");
        SftpSession session = connect();
        Listing listing = session.list("");
        assertThat(listing.toList(100).get()).extracting(RemoteEntry::name).containsExactly("good", "other\\name");
        ListingResult result = listing.completion().get();
        assertThat(result.unread()).isEqualTo(8);
        assertThat(result.unreadNames()).contains("../../etc/passwd", "?[2J", "a?b");
    }

    @Test
    void doesNotAskAnEndlessDirectoryForMoreThanIsTaken() throws Exception {
        server.listsEndlessly();
        SftpSession session = connect();
        Listing listing = session.list("");
        assertThat(listing.stream().limit(100)).hasSize(100);
        // whatever is asked ahead has been
        assertThat(session.stat("file").get()).isPresent();
        long asked = server.seen().stream()
                .filter(message -> message == SftpMessageNumber.READDIR)
                .count();
        assertThat(asked).isBetween(100L, 120L);
        listing.cancel();
        assertThatThrownBy(() -> session.list("").toList(1000).get()).hasMessageContaining("more than 1000");
        await().until(() -> server.seen().stream()
                        .filter(message -> message == SftpMessageNumber.CLOSE)
                        .count()
                == 2);
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void aReplyWithoutANameIsNoEnd() throws Exception {
        server.lists().lists("a").lists().lists().lists("b");
        assertThat(connect().list("").toList(100).get())
                .extracting(RemoteEntry::name)
                .containsExactly("a", "b");
    }

    @Test
    void repliesWithoutANameWithoutEndEndTheListing() throws Exception {
        for (int i = 0; i < 200; i++) {
            server.lists();
        }
        SftpSession session = connect();
        assertThatThrownBy(() -> session.list("").toList(100).get())
                .hasCauseInstanceOf(SftpProtocolException.class)
                .hasMessageContaining("READDIR 101 times in a row");
        await().until(() -> server.seen().contains(SftpMessageNumber.CLOSE));
        assertThat(session.stat("file").get()).isPresent();
    }

    @Test
    void aDirectoryIsClosedOnlyWhenAllThatWasAskedIsAnswered() throws Exception {
        server.lists("a").keepsBack(SftpMessageNumber.READDIR);
        SftpSession session = connect();
        CompletableFuture<List<RemoteEntry>> listed = session.list("").toList(100);
        await().until(() -> Collections.frequency(server.seen(), SftpMessageNumber.READDIR) > 1);
        threads.loop().submit(() -> {}).sync();
        // the end, while the first part is still to come
        server.flushNewest();
        threads.loop().submit(() -> {}).sync();
        threads.loop().submit(() -> {}).sync();
        assertThat(server.seen()).doesNotContain(SftpMessageNumber.CLOSE);
        server.flush();
        assertThat(listed.get()).extracting(RemoteEntry::name).containsExactly("a");
        await().until(() -> server.seen().contains(SftpMessageNumber.CLOSE));
    }

    // --- silence

    @Test
    void leavesAServerThatNeverTellsItsVersion() throws Exception {
        server.silentOn(SftpMessageNumber.INIT);
        TestServer silent = impatient();
        assertThatThrownBy(() -> session(silent)).hasCauseInstanceOf(SftpTimeoutException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = SftpMessageNumber.class,
            names = {"OPEN", "READ", "FSTAT"})
    void leavesAServerThatFallsSilentInADownload(SftpMessageNumber message) throws Exception {
        server.silentOn(message);
        SftpSession session = session(impatient());
        assertThatThrownBy(() -> get(session)).isInstanceOf(SftpTimeoutException.class);
        assertThat(session.isOpen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = SftpMessageNumber.class,
            names = {"OPEN", "WRITE", "CLOSE"})
    void leavesAServerThatFallsSilentInAnUpload(SftpMessageNumber message) throws Exception {
        server.silentOn(message);
        SftpSession session = session(impatient());
        assertThatThrownBy(() ->
                        session.blocking().upload(TransferSource.fromBytes(content), "file", UploadOptions.defaults()))
                .isInstanceOf(SftpTimeoutException.class);
    }

    @Test
    void leavesAServerThatAnswersAllButOneRequest() throws Exception {
        server.silentOn(SftpMessageNumber.RMDIR);
        SftpSession session = session(TestServer.of(threads, new ProtocolSettings(3, Duration.ofMillis(50)), server));
        CompletableFuture<Void> never = session.deleteDirectory("folder");
        await().until(() -> {
            if (!never.isDone()) {
                session.stat("file").exceptionally(over -> null).get();
            }
            return never.isDone();
        });
        assertThatThrownBy(never::get).hasCauseInstanceOf(SftpTimeoutException.class);
    }

    // --- and ours

    @Test
    void closesWhatWasOpenWhenADownloadIsCancelled() throws Exception {
        server.silentOn(SftpMessageNumber.READ);
        SftpSession session = connect();
        Download download = session.download("file", TransferSink.toBytes(SIZE));
        await().until(() -> server.seen().contains(SftpMessageNumber.READ));
        download.cancel();
        assertThatThrownBy(() -> download.completion().get()).hasCauseInstanceOf(SftpCancelledException.class);
        await().until(() -> server.seen().contains(SftpMessageNumber.CLOSE));
        assertThat(session.isOpen()).isTrue();
        assertThat(session.stat("file").get()).isPresent();
    }

    @Test
    void closesAndRemovesWhatWasMadeWhenAnUploadIsCancelled() throws Exception {
        server.silentOn(SftpMessageNumber.WRITE);
        SftpSession session = connect();
        Upload upload = session.upload(
                TransferSource.fromBytes(content),
                "file",
                UploadOptions.builder().atomic(true).build());
        await().until(() -> server.seen().contains(SftpMessageNumber.WRITE));
        upload.cancel();
        assertThatThrownBy(() -> upload.completion().get()).hasCauseInstanceOf(SftpCancelledException.class);
        assertThat(server.seen()).contains(SftpMessageNumber.CLOSE).endsWith(SftpMessageNumber.REMOVE);
    }

    @Test
    void keepsWhatWasSentIfTheFileThatItReplacesIsGoneAndItCannotHaveItsName() throws Exception {
        server.answering(SftpMessageNumber.RENAME, with(8, 4));
        SftpSession session = connect();
        Upload upload = session.upload(
                TransferSource.fromBytes(content),
                "file",
                UploadOptions.builder().atomic(true).build());
        assertThatThrownBy(() -> upload.completion().get()).hasMessageContaining("is whole as");
        assertThat(Collections.frequency(server.seen(), SftpMessageNumber.REMOVE))
                .isEqualTo(1);
    }

    @Test
    void keepsWhatWasSentIfItIsCancelledWhileTheFileThatItReplacesIsRemoved() throws Exception {
        server.keepsBack(SftpMessageNumber.REMOVE);
        SftpSession session = connect();
        Upload upload = session.upload(
                TransferSource.fromBytes(content),
                "file",
                UploadOptions.builder().atomic(true).build());
        await().until(() -> server.seen().contains(SftpMessageNumber.REMOVE));
        upload.cancel();
        // answered behind what is cancelled
        session.stat("file").get();
        server.flush();
        await().until(() -> {
            server.flush();
            return upload.completion().isDone();
        });
        assertThat(Collections.frequency(server.seen(), SftpMessageNumber.REMOVE))
                .isEqualTo(1);
        assertThat(server.seen()).contains(SftpMessageNumber.RENAME);
    }

    @Test
    void failsATransferWhoseListenerThrows() throws Exception {
        SftpSession session = connect();
        TransferProgress broken = (octets, total) -> {
            throw new IllegalStateException("broken");
        };
        assertThatThrownBy(() ->
                        get(session, DownloadOptions.builder().progress(broken).build()))
                .hasMessage("broken");
        assertThatThrownBy(() -> session.blocking()
                        .upload(
                                TransferSource.fromBytes(content),
                                "file",
                                UploadOptions.builder().progress(broken).build()))
                .hasMessage("broken");
    }

    @Test
    void tellsHowFarItHasCome() throws Exception {
        SftpSession session = connect();
        AtomicLong last = new AtomicLong();
        TransferProgress progress = (octets, total) -> {
            assertThat(octets).isGreaterThan(last.getAndSet(octets));
            assertThat(total).hasValue(SIZE);
        };
        get(session, DownloadOptions.builder().progress(progress).build());
        assertThat(last.getAndSet(0)).isEqualTo(SIZE);
        session.blocking()
                .upload(
                        TransferSource.fromBytes(content),
                        "file",
                        UploadOptions.builder().progress(progress).build());
        assertThat(last).hasValue(SIZE);
    }

    @Test
    void holdsNoMoreThanItsMemoryAllows() throws Exception {
        SftpSession session = connect();
        server.turns(1000);
        Download download = session.download("file", TransferSink.toBytes(SIZE));
        await().until(() -> {
            // all that is under way at a time is less than a window
            assertThat(server.mostOutstanding()).isLessThanOrEqualTo(16);
            server.flush();
            return download.completion().isDone();
        });
    }

    @Test
    void asksNoMoreAtATimeThanAServerIsToHold() throws Exception {
        server.silentOn(SftpMessageNumber.STAT);
        SftpSession session = connect();
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < MOST_ASKED + 1; i++) {
            asked.add(session.stat("file"));
        }
        // the last of them finds no room to wait
        assertThatThrownBy(() -> asked.get(MOST_ASKED).get()).hasMessageContaining("wait for others");
        assertThat(server.seen().stream().filter(message -> message == SftpMessageNumber.STAT))
                .hasSize(1024);
        assertThat(asked.get(MOST_ASKED - 1)).isNotDone();
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void failsWhatIsUnderWayWhenTheSessionIsClosed() throws Exception {
        server.silentOn(SftpMessageNumber.STAT);
        SftpSession session = connect();
        List<CompletableFuture<?>> asked = List.of(session.stat("file"), session.stat("other"));
        session.close();
        for (CompletableFuture<?> each : asked) {
            assertThatThrownBy(each::get).hasCauseInstanceOf(SftpConnectionException.class);
        }
        assertThat(session.closed().get()).isInstanceOf(SftpConnectionException.class);
        assertThatThrownBy(() -> session.stat("file").get()).hasCauseInstanceOf(SftpConnectionException.class);
        assertThatThrownBy(() -> session.stat("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new String(server.written(), StandardCharsets.UTF_8)).isEmpty();
    }
}

package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.testing.NastyServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingTest extends ClientTest {

    private static final int FILES = 2000;

    private FtpSession session;

    @BeforeEach
    void connect() throws Exception {
        session = get(client.connect());
        server.directory("/many");
        for (int i = 0; i < FILES; i++) {
            server.write("/many/file number " + i, "x");
        }
    }

    @Test
    void aStreamGivesAllEntriesAndTheEndOfTheListing() throws Exception {
        Listing listing = session.list("/many");
        try (Stream<RemoteEntry> entries = listing.stream()) {
            assertThat(entries.map(RemoteEntry::name).distinct().count()).isEqualTo(FILES);
        }
        ListingResult result = get(listing.completion());
        assertThat(result.entries()).isEqualTo(FILES);
        assertThat(result.unread()).isZero();
        assertThat(result.reply().code()).isEqualTo(226);
    }

    @Test
    void aListingThatIsLeftEarlyLeavesTheSessionForTheNext() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Stream<RemoteEntry> entries = session.list("/many").stream()) {
                assertThat(entries.findFirst()).isPresent();
            }
        }
        assertThat(get(session.list("/many").toList(FILES))).hasSize(FILES);
        assertThatThrownBy(() -> get(session.list("/many").toList(FILES - 1))).isInstanceOf(FtpException.class);
        assertThat(get(session.command("NOOP", "")).code()).isEqualTo(200);
    }

    @Test
    void aSubscriberGetsEntriesAsItAsksForThem() throws Exception {
        CompletableFuture<List<String>> all = new CompletableFuture<>();
        session.list("/many").subscribe(new Flow.Subscriber<>() {
            private final List<String> names = new ArrayList<>();
            private Flow.Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription = given;
                given.request(1);
            }

            @Override
            public void onNext(RemoteEntry entry) {
                names.add(entry.name());
                subscription.request(1);
            }

            @Override
            public void onError(Throwable cause) {
                all.completeExceptionally(cause);
            }

            @Override
            public void onComplete() {
                all.complete(names);
            }
        });
        assertThat(get(all)).hasSize(FILES).doesNotHaveDuplicates();
    }

    @Test
    void onlyOneTakesTheEntries() throws Exception {
        Listing listing = session.list("/many");
        CompletableFuture<List<RemoteEntry>> first = listing.toList(FILES);
        assertThatThrownBy(listing::stream).isInstanceOf(IllegalStateException.class);
        assertThat(get(first)).hasSize(FILES);
    }

    @Test
    void whatIsNotThereFailsTheStream() {
        try (Stream<RemoteEntry> entries = session.list("/none").stream()) {
            assertThatThrownBy(entries::count)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(FtpReplyException.class);
        }
    }

    @Test
    void linesThatNobodyReadsAndNamesThatLeadElsewhereAreTold() throws Exception {
        try (NastyServer nasty = NastyServer.start()) {
            nasty.features("UTF8");
            nasty.listing(
                    "total 4",
                    "-rw-r--r--   1 a  b  5 Mar  1  2024 good",
                    "-rw-r--r--   1 a  b  5 Mar  1  2024 ../../evil",
                    "this is no line of any listing");
            try (FtpClient other = another(builder -> builder.port(nasty.port()).user("any", "body"))) {
                Listing listing = get(other.connect()).list("");
                assertThat(get(listing.toList(10)))
                        .extracting(RemoteEntry::name)
                        .containsExactly("good");
                ListingResult result = get(listing.completion());
                assertThat(result.unread()).isEqualTo(2);
                assertThat(result.unreadLines().get(0)).contains("evil");
            }
        }
    }
}

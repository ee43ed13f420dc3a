package io.portolan.ftp.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portolan.core.internal.codec.FtpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandSequencerTest {

    private static final Set<String> PASSING = Set.of("STAT", "NOOP", "QUIT");

    private final List<String> begun = new ArrayList<>();
    private boolean transferring;
    private boolean answeredAtOnce;
    private int overruns;
    private final CommandSequencer sequencer = new CommandSequencer(
            () -> transferring,
            request -> PASSING.contains(request.verb()),
            request -> request.verb().equals("ABOR"),
            () -> overruns++);
    private final EmbeddedChannel channel = new EmbeddedChannel(sequencer, new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            begun.add(((FtpRequest) message).verb());
            if (!sequencer.isBusy()) {
                sequencer.begin();
                if (answeredAtOnce) {
                    sequencer.finished();
                }
            }
        }
    });

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void say(String... verbs) {
        for (String verb : verbs) {
            channel.writeInbound(new FtpRequest(verb, ""));
        }
    }

    @Test
    void aCommandWaitsUntilTheOneBeforeItHasItsReply() {
        say("RETR", "PWD", "CWD");
        assertThat(begun).containsExactly("RETR");
        sequencer.finished();
        assertThat(begun).containsExactly("RETR", "PWD");
        sequencer.finished();
        assertThat(begun).containsExactly("RETR", "PWD", "CWD");
    }

    @Test
    void whatIsMeantForItPassesATransfer() {
        transferring = true;
        say("RETR", "STAT", "NOOP", "ABOR", "PWD");
        assertThat(begun).containsExactly("RETR", "STAT", "NOOP", "ABOR");
        sequencer.finished();
        assertThat(begun).containsExactly("RETR", "STAT", "NOOP", "ABOR", "PWD");
    }

    @Test
    void onlyAborPassesWhatWasSentBeforeIt() {
        transferring = true;
        say("RETR", "DELE", "NOOP", "STAT", "QUIT", "ABOR");
        assertThat(begun).containsExactly("RETR", "ABOR");
        answeredAtOnce = true;
        sequencer.finished();
        assertThat(begun).containsExactly("RETR", "ABOR", "DELE", "NOOP", "STAT", "QUIT");
    }

    @Test
    void whoSendsFarTooManyAheadIsReportedOnceAndHeardNoMore() {
        say("RETR");
        for (int i = 0; i < CommandSequencer.HARD_LIMIT; i++) {
            say("PWD");
        }
        assertThat(sequencer.waiting()).isEqualTo(CommandSequencer.HARD_LIMIT);
        assertThat(overruns).isZero();
        say("PWD", "PWD");
        assertThat(overruns).isEqualTo(1);
        assertThat(sequencer.waiting()).isZero();
        sequencer.finished();
        assertThat(begun).containsExactly("RETR");
    }

    @Test
    void nothingPassesACommandThatIsNoTransfer() {
        say("CWD", "NOOP");
        assertThat(begun).containsExactly("CWD");
    }

    @Test
    void readingStopsWhenTooManyCommandsWaitAndGoesOnWhenHalfOfThemAreServed() {
        say("RETR");
        for (int i = 0; i < CommandSequencer.LIMIT - 1; i++) {
            say("PWD");
        }
        assertThat(channel.config().isAutoRead()).isTrue();
        say("PWD");
        assertThat(channel.config().isAutoRead()).isFalse();
        for (int i = 0; i < CommandSequencer.LIMIT / 2; i++) {
            sequencer.finished();
        }
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(sequencer.waiting()).isEqualTo(CommandSequencer.LIMIT / 2);
    }

    @Test
    void aLongQueueOfQuickCommandsDoesNotGrowTheStack() {
        say("RETR");
        for (int i = 0; i < CommandSequencer.HARD_LIMIT; i++) {
            say("PWD");
        }
        answeredAtOnce = true;
        sequencer.finished();
        assertThat(begun).hasSize(CommandSequencer.HARD_LIMIT + 1);
    }

    @Test
    void whatWaitsIsForgottenWhenTheSessionSaysSo() {
        say("RETR", "PWD", "CWD");
        sequencer.clear();
        sequencer.finished();
        assertThat(begun).containsExactly("RETR");
    }
}

package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.core.internal.security.ServerMechanism;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.ftp.server.ControlProtection;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a session whose mechanism fails, or is asked for when the session is over: nothing is said in the clear that should not be, and nothing is left. */
class UnwillingSecurityTest {

    /** A mechanism that does not work. */
    private static final class Unwilling implements ServerMechanism, ServerSecurity {
        private final boolean begins;
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        Unwilling(boolean begins) {
            this.begins = begins;
        }

        @Override
        public ServerSecurity open(SecurityThreads threads) {
            return this;
        }

        @Override
        public void close() {}

        @Override
        public boolean isProtected(int firstOctet) {
            return firstOctet == '!';
        }

        @Override
        public Set<String> names() {
            return Set.of("NOT");
        }

        @Override
        public Set<ProtectionLevel> dataLevels() {
            return EnumSet.of(ProtectionLevel.CLEAR);
        }

        @Override
        public boolean impliesDataProtection(String name) {
            return false;
        }

        @Override
        public boolean isRequiredForLogin() {
            return false;
        }

        @Override
        public boolean isRequiredForData() {
            return false;
        }

        @Override
        public boolean isClearingAllowed() {
            return false;
        }

        @Override
        public SessionSecurity begin(String name, @Nullable String host) {
            if (!begins) {
                throw new IllegalStateException("cannot begin");
            }
            begun.incrementAndGet();
            return new SessionSecurity() {
                @Override
                public void protectControl(ChannelPipeline control) {
                    throw new IllegalStateException("cannot protect");
                }

                @Override
                public void protectData(ChannelPipeline data, boolean incoming) {}

                @Override
                public Future<Void> clearControl(ChannelPipeline control) {
                    return control.channel().eventLoop().newSucceededFuture(null);
                }

                @Override
                public Optional<String> serverName() {
                    return Optional.empty();
                }

                @Override
                public List<X509Certificate> clientCertificates() {
                    return List.of();
                }

                @Override
                public void close() {
                    ended.incrementAndGet();
                }
            };
        }
    }

    private static void awaitNoSession(ServerFixture server) {
        await().until(() -> server.server().sessions().isEmpty());
    }

    @Test
    void authThatCannotBeginIsRefusedAndChangesNothing() throws Exception {
        try (ServerFixture server =
                ServerFixture.inMemory(builder -> builder.securityMechanism(new Unwilling(false)))) {
            FtpTestClient client = server.login();
            client.expect(431, "AUTH NOT");
            client.expect(257, "PWD");
            assertThat(server.server().sessions()).noneMatch(SessionInfo::isEncrypted);
        }
    }

    /** RFC 4217 §12.2 has the client begin its handshake behind 234: a reply in the clear would be taken for part of it. */
    @Test
    void behind234NothingIsSaidInTheClear() throws Exception {
        Unwilling mechanism = new Unwilling(true);
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.securityMechanism(mechanism))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(234, "AUTH NOT");
            client.expectClosed();
            awaitNoSession(server);
            assertThat(mechanism.ended).hasValue(mechanism.begun.get());
        }
    }

    @Test
    void aConnectionThatCannotBeProtectedFromTheStartIsClosedWithoutAWord() throws Exception {
        for (boolean begins : new boolean[] {true, false}) {
            Unwilling mechanism = new Unwilling(begins);
            try (ServerFixture server = ServerFixture.inMemory(
                    builder -> builder.securityMechanism(mechanism).implicitPort(0))) {
                InetSocketAddress implicit = server.server().addresses().get(1);
                FtpTestClient client = FtpTestClient.connect(implicit);
                client.expectClosed();
                client.control().close();
                awaitNoSession(server);
                assertThat(mechanism.ended).hasValue(mechanism.begun.get());
            }
        }
    }

    @Test
    void aConnectionThatTurnsOutToBeProtectedAndCannotBeIsClosedWithoutAWord() throws Exception {
        Unwilling mechanism = new Unwilling(true);
        try (ServerFixture server = ServerFixture.inMemory(
                builder -> builder.securityMechanism(mechanism).controlProtection(ControlProtection.DETECT))) {
            FtpTestClient client = server.connect();
            client.sendRaw("!");
            client.expectClosed();
            awaitNoSession(server);
            assertThat(mechanism.ended).hasValue(mechanism.begun.get());
        }
    }

    @Test
    void aSessionThatIsEndedBeforeItIsKnownWhatItsClientSpeaksIsToldOfInOrder() throws Exception {
        Unwilling mechanism = new Unwilling(true);
        List<String> told = new CopyOnWriteArrayList<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void connected(SessionInfo session) {
                told.add("connected");
            }

            @Override
            public void disconnected(SessionInfo session, String reason) {
                told.add("disconnected");
            }
        };
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.securityMechanism(mechanism)
                .controlProtection(ControlProtection.DETECT)
                .listener(listener))) {
            FtpTestClient client = server.connect();
            await().until(() -> !server.server().sessions().isEmpty());
            server.server().disconnect(server.server().sessions().get(0).id(), "go away");
            client.sendRaw("!");
            awaitNoSession(server);
            assertThat(told).containsExactly("connected", "disconnected");
            assertThat(mechanism.ended).hasValue(mechanism.begun.get());
        }
    }
}

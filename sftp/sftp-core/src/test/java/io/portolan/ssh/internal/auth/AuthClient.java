package io.portolan.ssh.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portolan.auth.Authenticator;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.guard.LoginGuard;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client's side of the handler under test, in a channel whose clock stands still unless it is asked to go. */
final class AuthClient implements UserAuthListener, AutoCloseable {

    static final int ANSWER_STEP_MILLIS = 10;

    final FakeTransport transport = new FakeTransport();
    final List<AuthenticatedUser> users = new ArrayList<>();
    final List<String> refusals = new ArrayList<>();
    final Deque<Runnable> work = new ArrayDeque<>();
    final EmbeddedChannel channel = new EmbeddedChannel();
    boolean admits = true;

    @Nullable
    Exception unprepared;

    final List<AuthenticatedUser> prepared = new ArrayList<>();

    AuthClient(Authenticator authenticator) {
        this(authenticator, settings -> settings);
    }

    AuthClient(Authenticator authenticator, UnaryOperator<UserAuthSettings.Builder> settings) {
        this(authenticator, settings, LoginGuard.none(), "192.0.2.1");
    }

    AuthClient(
            Authenticator authenticator,
            UnaryOperator<UserAuthSettings.Builder> settings,
            LoginGuard guard,
            String address) {
        this(authenticator, settings, guard, address, Runnable::run);
    }

    AuthClient(
            Authenticator authenticator,
            UnaryOperator<UserAuthSettings.Builder> settings,
            LoginGuard guard,
            String address,
            Executor executor) {
        channel.freezeTime();
        channel.pipeline()
                .addLast(new UserAuthHandler(
                        transport,
                        settings.apply(UserAuthSettings.builder()).build(),
                        new UserAuthContext(authenticator, guard, new WorkerLane(executor), FakeSession.from(address)),
                        this));
    }

    /** A client that has the service already. */
    static AuthClient ready(Authenticator authenticator) {
        return new AuthClient(authenticator).withService();
    }

    static AuthClient ready(Authenticator authenticator, UnaryOperator<UserAuthSettings.Builder> settings) {
        return new AuthClient(authenticator, settings).withService();
    }

    AuthClient withService() {
        assertThat(send(serviceRequest("ssh-userauth")).number).isEqualTo(6);
        return this;
    }

    @Override
    public void prepare(AuthenticatedUser user) throws Exception {
        prepared.add(user);
        Exception failure = unprepared;
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean admit(AuthenticatedUser user) {
        return admits;
    }

    @Override
    public void authenticated(AuthenticatedUser user) {
        users.add(user);
        channel.pipeline().remove(UserAuthHandler.class);
    }

    @Override
    public void refused(String user, String reason) {
        refusals.add(reason);
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }

    // messages

    /** What came back; number 0 if nothing did. */
    record Reply(int number, SshReader reader) {

        List<String> methods() throws SshProtocolException {
            return reader.readNameList();
        }

        /** Is a rejection. */
        Reply isFailure() {
            assertThat(number).isEqualTo(51);
            return this;
        }

        Reply isFailure(boolean partial, String... methods) throws SshProtocolException {
            isFailure();
            assertThat(reader.readNameList()).containsExactly(methods);
            assertThat(reader.readBoolean()).isEqualTo(partial);
            reader.expectEnd();
            return this;
        }

        /** Whether a rejection says that something was right all the same. */
        boolean isPartial() throws SshProtocolException {
            reader.readNameList();
            return reader.readBoolean();
        }

        void isSuccess() {
            assertThat(number).isEqualTo(52);
        }
    }

    Reply send(SshWriter message) {
        put(message);
        return reply();
    }

    void put(SshWriter message) {
        ByteBuf payload = channel.alloc().buffer();
        message.writeTo(payload);
        channel.writeInbound(payload);
    }

    /** The next answer, letting time pass until it comes. */
    Reply reply() {
        channel.runPendingTasks();
        for (int i = 0; i < 1_000 && channel.outboundMessages().isEmpty() && transport.disconnected == null; i++) {
            pass(ANSWER_STEP_MILLIS);
        }
        ByteBuf payload = channel.readOutbound();
        if (payload == null) {
            return new Reply(0, new SshReader(new byte[0]));
        }
        byte[] octets = ByteBufUtil.getBytes(payload);
        payload.release();
        return new Reply(octets[0] & 0xff, new SshReader(octets, 1, octets.length - 1));
    }

    void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    void assertDisconnected(DisconnectReason reason) {
        channel.runPendingTasks();
        assertThat(transport.disconnected).isEqualTo(reason);
        assertThat(users).isEmpty();
    }

    static SshWriter serviceRequest(String service) {
        return new SshWriter().writeByte(5).writeString(service);
    }

    static SshWriter request(String user, String method) {
        return new SshWriter()
                .writeByte(50)
                .writeString(user)
                .writeString("ssh-connection")
                .writeString(method);
    }

    static SshWriter password(String user, String password) {
        return request(user, "password").writeBoolean(false).writeString(password);
    }

    static SshWriter keyboardInteractive(String user) {
        return request(user, "keyboard-interactive").writeString("").writeString("");
    }

    static SshWriter answers(String... answers) {
        SshWriter writer = new SshWriter().writeByte(61).writeUint32(answers.length);
        for (String answer : answers) {
            writer.writeString(answer.getBytes(StandardCharsets.UTF_8));
        }
        return writer;
    }

    static SshWriter query(String user, String algorithm, byte[] blob) {
        return request(user, "publickey")
                .writeBoolean(false)
                .writeString(algorithm)
                .writeString(blob);
    }

    static SshWriter query(String user, SshPublicKey key) {
        return query(user, key.signatureAlgorithms().get(0), key.blob());
    }

    /** What is signed: the session, and the request up to the signature. */
    byte[] signedData(SshWriter request) {
        return new SshWriter()
                .writeString(transport.sessionId)
                .writeBytes(request.toByteArray())
                .toByteArray();
    }

    SshWriter signed(String user, SshKeyPair pair) {
        String algorithm = pair.publicKey().signatureAlgorithms().get(0);
        return signed(user, pair, algorithm, algorithm, pair.publicKey().blob());
    }

    SshWriter signed(String user, SshKeyPair pair, String algorithm, String signatureAlgorithm, byte[] blob) {
        SshWriter request = request(user, "publickey")
                .writeBoolean(true)
                .writeString(algorithm)
                .writeString(blob);
        return request.writeString(pair.sign(signatureAlgorithm, signedData(request)));
    }
}

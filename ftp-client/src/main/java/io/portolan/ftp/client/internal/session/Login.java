package io.portolan.ftp.client.internal.session;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.security.ClientSecurity;
import io.portolan.core.internal.security.ClientSessionSecurity;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.DataMode;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpProtocolException;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.FtpSecurityException;
import io.portolan.ftp.client.ServerFeatures;
import io.portolan.ftp.client.internal.ClientSettings;
import io.portolan.ftp.client.internal.LoginData;
import io.portolan.ftp.client.internal.control.ControlConnection;
import io.portolan.ftp.client.internal.data.ActiveConnector;
import io.portolan.ftp.client.internal.data.DataConnector;
import io.portolan.ftp.client.internal.data.OutgoingConnections;
import io.portolan.ftp.client.internal.data.PassiveConnector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * From a connection to a session: greeting, HOST, AUTH, USER, PASS, ACCT, then PBSZ, PROT, FEAT and TYPE in one go, and what FEAT makes sense of (RFC 959 section 5.4, RFC 7151, RFC 4217, RFC 2389). Whatever is
 * refused that has to be ends the connection. Event loop only.
 */
final class Login {

    private final ClientSettings settings;
    private final ControlConnection control;
    private final OutgoingConnections connections;
    private final WorkerLane lane;
    private final @Nullable ClientSecurity mechanism;
    private final @Nullable ClientSessionSecurity security;

    private Login(
            ClientSettings settings,
            ControlConnection control,
            OutgoingConnections connections,
            WorkerLane lane,
            @Nullable ClientSecurity mechanism) {
        this.settings = settings;
        this.control = control;
        this.connections = connections;
        this.lane = lane;
        this.mechanism = mechanism;
        this.security = mechanism == null ? null : mechanism.begin(settings.host(), settings.port());
    }

    /** Logs in on a connection that does not read yet. */
    static CompletableFuture<ClientSession> on(
            ControlConnection control,
            ClientSettings settings,
            OutgoingConnections connections,
            WorkerLane lane,
            @Nullable ClientSecurity mechanism) {
        Login login = new Login(settings, control, connections, lane, mechanism);
        CompletableFuture<ClientSession> session = login.begin();
        session.whenComplete((ready, failure) -> {
            if (failure != null) {
                Throwable cause = Futures.unwrap(failure);
                control.close(
                        cause instanceof FtpException ftp
                                ? ftp
                                : new FtpException("no login: " + cause.getMessage(), cause, false));
                if (login.security != null) {
                    login.security.close();
                }
            }
        });
        return session;
    }

    private CompletableFuture<ClientSession> begin() {
        boolean implicit = settings.scheme() == FtpScheme.IMPLICIT_TLS;
        CompletableFuture<FtpReply> greeting = control.greeting();
        CompletableFuture<Void> ready = implicit ? protect() : CompletableFuture.completedFuture(null);
        control.channel().config().setAutoRead(true);
        return ready.thenCompose(nothing -> greeting)
                .thenCompose(reply -> positive("greeting", reply))
                .thenCompose(this::onlyOne)
                .thenCompose(reply -> host())
                .thenCompose(nothing -> settings.scheme() == FtpScheme.EXPLICIT_TLS ? authenticate() : done())
                .thenCompose(nothing -> user())
                .thenCompose(nothing -> agree());
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<FtpReply> positive(String command, FtpReply reply) {
        return reply.isPositive()
                ? CompletableFuture.completedFuture(reply)
                : CompletableFuture.failedFuture(new io.portolan.ftp.client.FtpReplyException(command, reply));
    }

    /** What stands behind the greeting would be taken for the reply to the first command, and each reply for that to the command behind it. */
    private CompletableFuture<FtpReply> onlyOne(FtpReply greeting) {
        return control.hasUnreadOctets()
                ? CompletableFuture.failedFuture(new FtpProtocolException("octets behind " + greeting, null))
                : CompletableFuture.completedFuture(greeting);
    }

    private CompletableFuture<FtpReply> must(String verb, String argument) {
        return control.send(verb, argument).thenApply(reply -> {
            if (!reply.isPositive()) {
                throw new CompletionException(ClientSession.refused(verb, argument, reply));
            }
            return reply;
        });
    }

    private CompletableFuture<Void> host() {
        return settings.virtualHost().isEmpty()
                ? done()
                : must("HOST", settings.virtualHost().get()).thenCompose(reply -> done());
    }

    // --- protection

    private CompletableFuture<Void> authenticate() {
        return auth(settings.mechanism().orElseThrow().names().iterator());
    }

    /** By the first name that the server knows. */
    private CompletableFuture<Void> auth(Iterator<String> names) {
        String name = names.next();
        return control.send("AUTH", name).thenCompose(reply -> {
            if (reply.code() == FtpReplyCode.SECURITY_EXCHANGE_COMPLETE.value()) {
                return protectBehind(reply);
            }
            if (reply.isPermanentError() && names.hasNext()) {
                return auth(names);
            }
            return CompletableFuture.failedFuture(new FtpSecurityException(
                    "AUTH " + name + ": the server does not protect the connection: " + reply
                            + ". Nothing was sent that matters",
                    null));
        });
    }

    /** Nothing may stand behind 234: whoever is on the way could have put it there, to be taken for what was said under protection (RFC 4217). */
    private CompletableFuture<Void> protectBehind(FtpReply reply) {
        if (control.hasUnreadOctets()) {
            return CompletableFuture.failedFuture(new FtpSecurityException(
                    "octets in the clear behind " + reply + ": somebody may be on the way", null));
        }
        return protect();
    }

    private CompletableFuture<Void> protect() {
        ClientSessionSecurity protection = security;
        if (protection == null) {
            throw new IllegalStateException("nothing protects this session");
        }
        return Futures.of(protection.protectControl(control.pipeline())).exceptionally(failure -> {
            Throwable cause = Futures.unwrap(failure);
            throw new CompletionException(new FtpSecurityException(String.valueOf(cause.getMessage()), cause));
        });
    }

    // --- who it is

    private CompletableFuture<Void> user() {
        LoginData login = settings.login();
        return control.send("USER", login.user()).thenCompose(reply -> {
            if (reply.code() == FtpReplyCode.SERVICE_READY.value()) {
                return CompletableFuture.failedFuture(new FtpProtocolException("a second greeting: " + reply, null));
            }
            if (reply.isPositive()) {
                return done();
            }
            if (reply.code() == FtpReplyCode.NEED_PASSWORD.value()) {
                return control.send("PASS", login.password())
                        .thenCompose(answer -> loggedIn("PASS", login.password(), answer));
            }
            return loggedIn("USER", login.user(), reply);
        });
    }

    private CompletableFuture<Void> loggedIn(String verb, String argument, FtpReply reply) {
        if (reply.isPositive()) {
            return done();
        }
        if (reply.code() == FtpReplyCode.NEED_ACCOUNT.value()
                && settings.login().account().isPresent()) {
            return must("ACCT", settings.login().account().get()).thenCompose(done -> done());
        }
        return CompletableFuture.failedFuture(ClientSession.refused(verb, argument, reply));
    }

    // --- what is agreed upon

    private CompletableFuture<ClientSession> agree() {
        boolean protectsData = mechanism != null && mechanism.isDataProtected();
        List<Step> steps = new ArrayList<>();
        Facts facts = new Facts();
        if (mechanism != null) {
            steps.add(Step.must("PBSZ", "0"));
            steps.add(Step.must("PROT", protectsData ? "P" : "C"));
        }
        steps.add(new Step("FEAT", "", reply -> facts.features = ServerFeatures.of(reply)));
        steps.add(new Step("TYPE", "I", reply -> {
            if (reply.isPositive()) {
                facts.type = TransferType.IMAGE;
            }
        }));
        return run(steps)
                .thenCompose(nothing -> run(optional(facts)))
                .thenCompose(nothing -> clear())
                .thenApply(nothing -> new ClientSession(
                        settings,
                        control,
                        lane,
                        connector(),
                        security,
                        new ClientSession.SessionFacts(facts.features, protectsData, facts.compresses, facts.type)));
    }

    private DataConnector connector() {
        if (settings.dataMode() == DataMode.PASSIVE) {
            return new PassiveConnector(control, connections);
        }
        return new ActiveConnector(
                control,
                connections.transport(),
                settings.activePorts(),
                settings.timeouts().connect());
    }

    private List<Step> optional(Facts facts) {
        List<Step> steps = new ArrayList<>();
        if (facts.features.has("CLNT") && settings.clientName().isPresent()) {
            steps.add(new Step("CLNT", settings.clientName().get(), reply -> {}));
        }
        if (facts.features.has("UTF8") && settings.charset().isUtf8()) {
            // those that need it are old; the others accept it
            steps.add(new Step("OPTS", "UTF8 ON", reply -> {}));
        }
        if (settings.isCompressing() && modeZ(facts.features)) {
            steps.add(new Step("MODE", "Z", reply -> facts.compresses = reply.isPositive()));
        }
        return steps;
    }

    private static boolean modeZ(ServerFeatures features) {
        return features.parameters("MODE").stream().anyMatch(modes -> modes.contains("Z"));
    }

    private static final class Facts {
        private ServerFeatures features = ServerFeatures.none();
        private TransferType type = TransferType.ASCII;
        private boolean compresses;
    }

    private record Step(String verb, String argument, java.util.function.Consumer<FtpReply> answered) {
        static Step must(String verb, String argument) {
            return new Step(verb, argument, reply -> {
                if (!reply.isPositive()) {
                    throw new CompletionException(new FtpSecurityException(
                            verb + " " + argument + ": the server does not protect data connections: " + reply, null));
                }
            });
        }
    }

    private CompletableFuture<Void> run(List<Step> steps) {
        CompletableFuture<Void> all = done();
        for (Step step : steps) {
            if (settings.isPipelining()) {
                CompletableFuture<Void> one =
                        control.write(step.verb(), step.argument()).thenAccept(step.answered());
                all = all.thenCompose(before -> one);
            } else {
                all = all.thenCompose(before -> control.send(step.verb(), step.argument()))
                        .thenAccept(step.answered());
            }
        }
        control.flush();
        return all;
    }

    private CompletableFuture<Void> clear() {
        ClientSessionSecurity protection = security;
        if (protection == null || mechanism == null || !mechanism.isControlCleared()) {
            return done();
        }
        return must("CCC", "").thenCompose(reply -> {
            if (control.hasUnreadOctets()) {
                throw new CompletionException(new FtpProtocolException("octets behind " + reply, null));
            }
            return Futures.of(protection.clearControl(control.pipeline()));
        });
    }
}

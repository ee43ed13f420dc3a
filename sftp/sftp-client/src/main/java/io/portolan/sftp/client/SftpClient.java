package io.portolan.sftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.nio.RemoteUris;
import io.portolan.core.internal.proxy.Proxy;
import io.portolan.guard.RateLimit;
import io.portolan.pool.PoolOptions;
import io.portolan.sftp.client.internal.connect.ClientContext;
import io.portolan.sftp.client.internal.connect.ConnectSettings;
import io.portolan.sftp.client.internal.connect.ConnectionWatch;
import io.portolan.sftp.client.internal.connect.Hop;
import io.portolan.sftp.client.internal.connect.SshClientConnection;
import io.portolan.sftp.client.internal.protocol.ProtocolSettings;
import io.portolan.sftp.client.internal.session.SessionOpening;
import io.portolan.sftp.client.internal.session.SessionSettings;
import io.portolan.sftp.client.internal.transfer.FlightWindow;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.transport.RekeyLimits;
import io.portolan.transfer.RetryPolicy;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of one SFTP server, as one of its users: settings that do not change, and the threads of its sessions. Safe to use from any thread.
 *
 * <p>To close it ends its sessions and waits for its threads. Connections are made with {@link #connect()}, one for each {@link SftpSession}; a client may have many.
 */
public final class SftpClient implements AutoCloseable {

    private static final int MAX_PORT = 65_535;

    /** Longer names than DNS has, or than anybody logs in by. */
    private static final int MAX_NAME = 1_024;

    private final Builder settings;
    private final ClientContext context;

    private SftpClient(Builder settings, ClientContext context) {
        this.settings = settings;
        this.context = context;
    }

    /**
     * Begins with the defaults: port 22, the host keys that OpenSSH knows, and nobody's login.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins with this client's settings; what is built has threads of its own.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    /**
     * Where it connects to, and as whom.
     *
     * @return {@code sftp://user@host:port}, without a secret
     */
    public URI address() {
        return RemoteUris.server("sftp", settings.user, Objects.requireNonNull(settings.host), settings.port);
    }

    /**
     * Connects, makes sure of the server, and logs in.
     *
     * @return a session; fails with an {@link SftpException}: a {@link HostKeyException} if the server has not shown that it is the one that is meant; an {@link SftpAuthenticationException} if it does not let us
     *     in; an {@link SftpConnectionException}; an {@link SftpTimeoutException}; an {@link SftpProtocolException}
     */
    public CompletableFuture<SftpSession> connect() {
        CompletableFuture<SshClientConnection> connecting = context.connect();
        return Delivery.to(
                context.workers(),
                connecting.thenCompose(this::session),
                () -> abandon(connecting),
                SftpSession::close);
    }

    /**
     * As {@link #connect()}, and waits for it.
     *
     * @return a session
     * @throws SftpException if it fails
     * @throws java.io.InterruptedIOException if the thread is interrupted
     * @throws IOException never otherwise
     */
    public BlockingSftpSession connectBlocking() throws IOException {
        CompletableFuture<SshClientConnection> connecting = context.connect();
        return Delivery.await(connecting.thenCompose(this::session), () -> abandon(connecting))
                .blocking();
    }

    /**
     * A pool of this client's sessions, of which none is open yet.
     *
     * @return the pool, with the {@linkplain PoolOptions#defaults() default options}
     */
    public SftpPool pool() {
        return pool(PoolOptions.defaults());
    }

    /**
     * A pool of this client's sessions, of which none is open yet.
     *
     * @param options how large it may become, in sessions
     * @return the pool; it ends with this client if it is not closed before
     */
    public SftpPool pool(PoolOptions options) {
        return SftpPool.of(
                context,
                settings.sessionSettings(),
                settings.channelsPerConnection,
                Objects.requireNonNull(options, "options"));
    }

    /**
     * Transfers that survive what breaks.
     *
     * @return what makes them, by the {@linkplain RetryPolicy#defaults() default policy}
     */
    public ResilientSftp resilient() {
        return resilient(RetryPolicy.defaults());
    }

    /**
     * Transfers that survive what breaks.
     *
     * @param policy how often, and after which waits, is tried again
     * @return what makes them; ends with this client if it is not closed before
     */
    public ResilientSftp resilient(RetryPolicy policy) {
        return ResilientSftp.of(context, () -> connectBlocking().async(), Objects.requireNonNull(policy, "policy"));
    }

    private CompletableFuture<SftpSession> session(SshClientConnection connection) {
        return SessionOpening.over(connection, settings.sessionSettings(), context.workers())
                .thenApply(session ->
                        new SftpSession(session, context.workers(), connection.identification(), connection.banner()));
    }

    private static void abandon(CompletableFuture<SshClientConnection> connecting) {
        connecting.thenAccept(connection -> connection.close("nobody waits for the connection any more"));
        connecting.cancel(false);
    }

    /** Ends the sessions, what they do fails, and waits until the last thread has ended, some seconds at the most. Must not be called on a thread of this client, such as in a callback. */
    @Override
    public void close() {
        context.close();
    }

    static void requirePort(String setting, int value) {
        if (value < 1 || value > MAX_PORT) {
            throw new IllegalArgumentException(setting + ": " + value + " is not within 1–" + MAX_PORT);
        }
    }

    static String requireName(String setting, String value) {
        Objects.requireNonNull(value, setting);
        if (value.isBlank() || value.length() > MAX_NAME || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    setting + ": has to be 1 to " + MAX_NAME + " characters, and none that controls anything");
        }
        return value;
    }

    /** Makes {@link SftpClient}s. Not for several threads at once. */
    public static final class Builder {

        private static final int STANDARD_PORT = 22;
        private static final long LEAST_REKEY_OCTETS = 1L << 20;
        private static final long MOST_MEMORY = 1L << 30;

        /** Fewer than the ten that OpenSSH allows (MaxSessions), of which others of the same connection may need some; and few enough that they do not wait for each other in one stream. */
        private static final int CHANNELS = 4;

        /** As many as a server that allows many may want to allow. */
        private static final int MOST_CHANNELS = 64;

        private @Nullable String host;
        private int port = STANDARD_PORT;
        private String user = System.getProperty("user.name", "anonymous");
        private SshLogin login = SshLogin.none();
        private HostKeys hostKeys = HostKeys.known();
        private SshAlgorithms algorithms = SshAlgorithms.compatible();
        private SftpTimeouts timeouts = SftpTimeouts.DEFAULT;
        private Duration keepAlive = Duration.ofSeconds(60);
        private RekeyLimits rekey = RekeyLimits.STANDARD;
        private List<JumpHost> jumps = List.of();
        private @Nullable Proxy proxy;
        private Consumer<String> banner = text -> {};
        private ConnectionWatch watch = ConnectionWatch.NONE;
        private TransportOptions transport = TransportOptions.defaults();
        private int sftpVersion = ProtocolSettings.OLDEST;
        private long transferMemory = FlightWindow.MOST;
        private RateLimit rateLimit = RateLimit.unlimited();
        private int channelsPerConnection = CHANNELS;

        private Builder() {}

        private Builder(Builder other) {
            host = other.host;
            port = other.port;
            user = other.user;
            login = other.login;
            hostKeys = other.hostKeys;
            algorithms = other.algorithms;
            timeouts = other.timeouts;
            keepAlive = other.keepAlive;
            rekey = other.rekey;
            jumps = other.jumps;
            proxy = other.proxy;
            banner = other.banner;
            watch = other.watch;
            transport = other.transport;
            sftpVersion = other.sftpVersion;
            transferMemory = other.transferMemory;
            rateLimit = other.rateLimit;
            channelsPerConnection = other.channelsPerConnection;
        }

        /**
         * Sets the newest version of SFTP that is offered; the server may choose an older one, down to 3.
         *
         * @param newest 3 to 6; by default 3, which is what nearly all servers and clients speak to each other, with OpenSSH's extensions. Later ones tell names of owners and parts of seconds
         * @return this builder
         * @throws IllegalArgumentException if there is no such version
         */
        public Builder sftpVersion(int newest) {
            if (newest < ProtocolSettings.OLDEST || newest > ProtocolSettings.NEWEST) {
                throw new IllegalArgumentException("sftpVersion: " + newest + " is not within 3 to 6");
            }
            this.sftpVersion = newest;
            return this;
        }

        /**
         * Sets how much the transfers of a session may have under way or hold, all together: over a long and fast path that bounds the speed, to this many octets in a round trip.
         *
         * @param octets 512 KiB to 1 GiB; by default 16 MiB
         * @return this builder
         * @throws IllegalArgumentException if it is less or more
         */
        public Builder transferMemory(long octets) {
            if (octets < FlightWindow.FIRST || octets > MOST_MEMORY) {
                throw new IllegalArgumentException("transferMemory: " + octets + " is not within 512 KiB to 1 GiB");
            }
            this.transferMemory = octets;
            return this;
        }

        /**
         * Sets a limit for all transfers of all sessions.
         *
         * @param limit the limit, which may be that of other clients as well; by default none
         * @return this builder
         */
        public Builder rateLimit(RateLimit limit) {
            this.rateLimit = Objects.requireNonNull(limit, "rateLimit");
            return this;
        }

        /**
         * Sets how many sessions of a {@linkplain SftpClient#pool() pool} share a connection, each in a channel of its own. {@link SftpClient#connect()} makes a connection for each session.
         *
         * @param channels 1 to 64; by default 4. The pool is content with fewer where the server does not open as many
         * @return this builder
         * @throws IllegalArgumentException if it is less or more
         */
        public Builder channelsPerConnection(int channels) {
            if (channels < 1 || channels > MOST_CHANNELS) {
                throw new IllegalArgumentException(
                        "channelsPerConnection: " + channels + " is not within 1 to " + MOST_CHANNELS);
            }
            this.channelsPerConnection = channels;
            return this;
        }

        private SessionSettings sessionSettings() {
            return new SessionSettings(new ProtocolSettings(sftpVersion, timeouts.reply()), transferMemory, rateLimit);
        }

        /**
         * Sets the server. There is no default.
         *
         * @param host a name or an address; it is what its key has to be known for
         * @return this builder
         * @throws IllegalArgumentException if it is empty, too long, or has control characters in it
         */
        public Builder host(String host) {
            this.host = requireName("host", host);
            return this;
        }

        /**
         * Sets the port.
         *
         * @param port 1–65535; by default 22
         * @return this builder
         */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Sets who logs in, and by what.
         *
         * @param name the user's name; by default that of whoever runs this
         * @param login keys, passwords, answers; by default nothing
         * @return this builder
         * @throws IllegalArgumentException if the name is empty, too long, or has control characters in it
         */
        public Builder user(String name, SshLogin login) {
            this.user = requireName("user", name);
            this.login = Objects.requireNonNull(login, "login");
            return this;
        }

        /**
         * Sets who logs in, by a password.
         *
         * @param name the user's name
         * @param password the password
         * @return this builder
         * @throws IllegalArgumentException if the name is empty, too long, or has control characters in it
         */
        public Builder user(String name, String password) {
            return user(name, SshLogin.password(password));
        }

        /**
         * Sets who logs in, by a key without a passphrase.
         *
         * @param name the user's name
         * @param identity the file with the private key
         * @return this builder
         * @throws IllegalArgumentException if the name is empty, too long, or has control characters in it
         */
        public Builder user(String name, Path identity) {
            return user(name, SshLogin.identity(identity));
        }

        /**
         * Sets whom to trust.
         *
         * @param hostKeys the keys; by default {@link HostKeys#known()}
         * @return this builder
         */
        public Builder hostKeys(HostKeys hostKeys) {
            this.hostKeys = Objects.requireNonNull(hostKeys, "hostKeys");
            return this;
        }

        /**
         * Sets which algorithms are proposed. Of the signatures of host keys those come first that the server is known by.
         *
         * @param algorithms the algorithms; by default {@link SshAlgorithms#compatible()}
         * @return this builder
         */
        public Builder algorithms(SshAlgorithms algorithms) {
            this.algorithms = Objects.requireNonNull(algorithms, "algorithms");
            return this;
        }

        /**
         * Sets how long to wait for what.
         *
         * @param timeouts the time-outs; by default {@link SftpTimeouts#DEFAULT}
         * @return this builder
         */
        public Builder timeouts(SftpTimeouts timeouts) {
            this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
            return this;
        }

        /**
         * Sets how long the server may be silent until it is asked whether it is still there; when it has not answered to that five times, it is gone.
         *
         * @param interval 1 second or more, or zero to never ask; by default a minute
         * @return this builder
         */
        public Builder keepAlive(Duration interval) {
            this.keepAlive = Objects.requireNonNull(interval, "keepAlive");
            return this;
        }

        /**
         * Sets when keys are exchanged anew, whichever comes first.
         *
         * @param octets in one direction, 1 MiB or more; by default 1 GiB
         * @param time since the last exchange, 1 second or more; by default an hour
         * @return this builder
         */
        public Builder renewKeysAfter(long octets, Duration time) {
            if (octets < LEAST_REKEY_OCTETS || time.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("renewKeysAfter: " + octets + " octets, " + time);
            }
            this.rekey = new RekeyLimits(octets, RekeyLimits.STANDARD.packets(), time);
            return this;
        }

        /**
         * Sets the servers on the way.
         *
         * @param jumps the first is the one that is connected to from here; by default none
         * @return this builder
         */
        public Builder jumpThrough(JumpHost... jumps) {
            this.jumps = List.of(jumps);
            return this;
        }

        /**
         * Sets a proxy, through which the server, or the first jump host, is reached.
         *
         * @param type its kind
         * @param proxyHost its name or address
         * @param proxyPort its port
         * @return this builder
         */
        public Builder proxy(ProxyType type, String proxyHost, int proxyPort) {
            return proxy(type, proxyHost, proxyPort, Optional.empty());
        }

        /**
         * Sets a proxy that wants to know who we are.
         *
         * @param type its kind
         * @param proxyHost its name or address
         * @param proxyPort its port
         * @param name the user's name
         * @param secret the password; SOCKS 4 has none
         * @return this builder
         */
        public Builder proxy(ProxyType type, String proxyHost, int proxyPort, String name, String secret) {
            return proxy(
                    type,
                    proxyHost,
                    proxyPort,
                    Optional.of(new Proxy.Login(requireName("proxy", name), requireName("proxy", secret))));
        }

        private Builder proxy(ProxyType type, String proxyHost, int proxyPort, Optional<Proxy.Login> who) {
            requirePort("proxy", proxyPort);
            Proxy.Kind kind = switch (type) {
                case SOCKS4 -> Proxy.Kind.SOCKS4;
                case SOCKS5 -> Proxy.Kind.SOCKS5;
                case HTTP_CONNECT -> Proxy.Kind.HTTP_CONNECT;
            };
            this.proxy = new Proxy(kind, requireName("proxy", proxyHost), proxyPort, who);
            return this;
        }

        /**
         * Sets who hears what servers say before they let anybody in.
         *
         * @param banner is told each text, on a worker; characters that terminals act upon are replaced
         * @return this builder
         */
        public Builder banner(Consumer<String> banner) {
            this.banner = Objects.requireNonNull(banner, "banner");
            return this;
        }

        /**
         * Sets the transport and its threads.
         *
         * @param options the options; by default the client has threads of its own
         * @return this builder
         */
        public Builder transport(TransportOptions options) {
            this.transport = Objects.requireNonNull(options, "transport");
            return this;
        }

        /**
         * Makes the client and its threads; connects to nothing yet.
         *
         * @return the client, to be closed
         * @throws IllegalArgumentException if a setting is missing, out of its range, or does not go together with another; the message names it
         */
        public SftpClient build() {
            ConnectSettings checked = check();
            return new SftpClient(new Builder(this), ClientContext.start(checked, transport));
        }

        /** Has somebody hear how connections come about. */
        Builder watchedBy(ConnectionWatch listener) {
            watch = listener;
            return this;
        }

        ConnectSettings check() {
            String server = host;
            if (server == null) {
                throw new IllegalArgumentException("host: there is none");
            }
            requirePort("port", port);
            if (!keepAlive.isZero() && keepAlive.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("keepAlive: " + keepAlive + " is less than a second");
            }
            List<Hop> hops = new ArrayList<>();
            for (JumpHost jump : jumps) {
                hops.add(new Hop(
                        jump.host(),
                        jump.port(),
                        jump.user(),
                        jump.login().settings(),
                        jump.hostKeys().settings()));
            }
            hops.add(new Hop(server, port, user, login.settings(), hostKeys.settings()));
            return new ConnectSettings(
                    hops, algorithms, timeouts, keepAlive, rekey, Optional.ofNullable(proxy), banner, watch);
        }
    }
}

package io.portolan.ftp.client;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.nio.RemoteUris;
import io.portolan.core.internal.proxy.Proxy;
import io.portolan.core.internal.security.ClientMechanism;
import io.portolan.ftp.client.internal.ClientSettings;
import io.portolan.ftp.client.internal.LoginData;
import io.portolan.ftp.client.internal.command.CommandText;
import io.portolan.ftp.client.internal.session.ClientContext;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.ftp.security.SecurityMechanism;
import io.portolan.guard.RateLimit;
import io.portolan.pool.PoolOptions;
import io.portolan.ports.PortRange;
import io.portolan.transfer.RetryPolicy;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client of one FTP server, as one of its users: settings that do not change, and the threads of its sessions. Safe to use from any thread.
 *
 * <p>To close it ends its sessions and waits for its threads. Connections are made with {@link #connect()}, one for each {@link FtpSession}; a client may have many.
 */
public final class FtpClient implements AutoCloseable {

    private final Builder settings;
    private final ClientContext context;

    private FtpClient(Builder settings, ClientContext context) {
        this.settings = settings;
        this.context = context;
    }

    /**
     * Begins with the defaults: port 21, nobody's name (anonymous), passive mode, UTF-8, and in the clear.
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
     * @return {@code ftp://user@host:port}, {@code ftpes} with {@link FtpScheme#EXPLICIT_TLS}, {@code ftps} with {@link FtpScheme#IMPLICIT_TLS}; without a secret
     */
    public URI address() {
        FtpScheme chosen = settings.chosenScheme();
        String scheme = switch (chosen) {
            case PLAIN -> "ftp";
            case EXPLICIT_TLS -> "ftpes";
            case IMPLICIT_TLS -> "ftps";
        };
        return RemoteUris.server(
                scheme,
                settings.user,
                Objects.requireNonNull(settings.host),
                settings.port.orElse(chosen.standardPort()));
    }

    /**
     * Connects and logs in.
     *
     * @return a session; fails with an {@link FtpException}: an {@link FtpReplyException} if the server does not let us in, which also tells whether that may change; an {@link FtpConnectionException}; an
     *     {@link FtpSecurityException} if the connection cannot be protected as was asked for
     */
    public CompletableFuture<FtpSession> connect() {
        CompletableFuture<ClientSession> connecting = context.connect();
        return Delivery.to(
                context.workers(),
                connecting.thenApply(session -> new FtpSession(session, context.workers())),
                () -> abandon(connecting),
                FtpSession::close);
    }

    /**
     * As {@link #connect()}, and waits for it.
     *
     * @return a session that blocks
     * @throws FtpException if it fails
     * @throws java.io.InterruptedIOException if the thread is interrupted
     * @throws IOException never otherwise
     */
    public BlockingFtpSession connectBlocking() throws IOException {
        CompletableFuture<ClientSession> connecting = context.connect();
        return new FtpSession(Delivery.await(connecting, () -> abandon(connecting)), context.workers()).blocking();
    }

    /**
     * A pool of this client's sessions, of which none is open yet.
     *
     * @return the pool, with the {@linkplain PoolOptions#defaults() default options}
     */
    public FtpPool pool() {
        return pool(PoolOptions.defaults());
    }

    /**
     * A pool of this client's sessions, of which none is open yet.
     *
     * @param options how large it may become, and how long what waits
     * @return the pool; it ends with this client if it is not closed before
     */
    public FtpPool pool(PoolOptions options) {
        return FtpPool.of(context, Objects.requireNonNull(options, "options"));
    }

    /**
     * Transfers that survive what breaks.
     *
     * @return what makes them, by the {@linkplain RetryPolicy#defaults() default policy}
     */
    public ResilientFtp resilient() {
        return resilient(RetryPolicy.defaults());
    }

    /**
     * Transfers that survive what breaks.
     *
     * @param policy how often, and after which waits, is tried again
     * @return what makes them; ends with this client if it is not closed before
     */
    public ResilientFtp resilient(RetryPolicy policy) {
        return ResilientFtp.of(context, pool(), Objects.requireNonNull(policy, "policy"));
    }

    private static void abandon(CompletableFuture<ClientSession> connecting) {
        connecting.thenAccept(ClientSession::close);
        connecting.cancel(false);
    }

    /** Ends the sessions, what they do fails, and waits until the last thread has ended, some seconds at the most. Must not be called on a thread of this client, such as in a callback. */
    @Override
    public void close() {
        context.close();
    }

    /** Makes {@link FtpClient}s. Not for several threads at once. */
    public static final class Builder {

        private static final String ANONYMOUS = "anonymous";
        private static final String ANONYMOUS_PASSWORD = "anonymous@";

        private @Nullable String host;
        private OptionalInt port = OptionalInt.empty();
        private @Nullable FtpScheme scheme;
        private String user = ANONYMOUS;
        private String password = ANONYMOUS_PASSWORD;
        private @Nullable String account;
        private @Nullable SecurityMechanism security;
        private FtpTimeouts timeouts = FtpTimeouts.DEFAULT;
        private Charset charset = StandardCharsets.UTF_8;
        private @Nullable String virtualHost;
        private @Nullable String clientName;
        private ZoneId serverZone = ZoneOffset.UTC;
        private DataMode dataMode = DataMode.PASSIVE;
        private PortRange activePorts = PortRange.of(0);
        private @Nullable Duration keepAlive;
        private boolean pipelining = true;
        private boolean compression;
        private RateLimit rateLimit = RateLimit.unlimited();
        private @Nullable Proxy proxy;
        private TransportOptions transport = TransportOptions.defaults();

        private Builder() {}

        private Builder(Builder other) {
            host = other.host;
            port = other.port;
            scheme = other.scheme;
            user = other.user;
            password = other.password;
            account = other.account;
            security = other.security;
            timeouts = other.timeouts;
            charset = other.charset;
            virtualHost = other.virtualHost;
            clientName = other.clientName;
            serverZone = other.serverZone;
            dataMode = other.dataMode;
            activePorts = other.activePorts;
            keepAlive = other.keepAlive;
            pipelining = other.pipelining;
            compression = other.compression;
            rateLimit = other.rateLimit;
            proxy = other.proxy;
            transport = other.transport;
        }

        /**
         * Sets the server. There is no default.
         *
         * @param host a name or an address; it is what a certificate has to be for
         * @return this builder
         */
        public Builder host(String host) {
            this.host = CommandText.check("host", host);
            return this;
        }

        /**
         * Sets the port.
         *
         * @param port 1–65535; by default {@linkplain FtpScheme#standardPort() that of the scheme}
         * @return this builder
         */
        public Builder port(int port) {
            this.port = OptionalInt.of(port);
            return this;
        }

        /**
         * Sets how the connection begins.
         *
         * @param scheme the scheme; by default {@link FtpScheme#EXPLICIT_TLS} where {@link #securityMechanism} is set, else {@link FtpScheme#PLAIN}
         * @return this builder
         */
        public Builder scheme(FtpScheme scheme) {
            this.scheme = Objects.requireNonNull(scheme, "scheme");
            return this;
        }

        /**
         * Sets what protects connections: what {@code portolan-ftps} makes.
         *
         * @param mechanism the mechanism; none by default, and then passwords and files can be read by whoever is on the way
         * @return this builder
         */
        public Builder securityMechanism(SecurityMechanism mechanism) {
            this.security = Objects.requireNonNull(mechanism, "securityMechanism");
            return this;
        }

        /**
         * Sets who logs in.
         *
         * @param name the user's name; by default {@code anonymous}
         * @param password the password
         * @return this builder
         * @throws IllegalArgumentException if either has a CR, LF or NUL in it
         */
        public Builder user(String name, String password) {
            this.user = CommandText.check("user", name);
            this.password = CommandText.check("password", password);
            return this;
        }

        /**
         * Sets the account, for the few servers that ask for one beside the password (ACCT).
         *
         * @param account the account
         * @return this builder
         * @throws IllegalArgumentException if it has a CR, LF or NUL in it
         */
        public Builder account(String account) {
            this.account = CommandText.check("account", account);
            return this;
        }

        /**
         * Sets how long to wait for what.
         *
         * @param timeouts the time-outs; by default {@link FtpTimeouts#DEFAULT}
         * @return this builder
         */
        public Builder timeouts(FtpTimeouts timeouts) {
            this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
            return this;
        }

        /**
         * Sets how names are written.
         *
         * @param charset a superset of ASCII; by default UTF-8, and then names that are none are read as ISO 8859-1
         * @return this builder
         */
        public Builder charset(Charset charset) {
            this.charset = Objects.requireNonNull(charset, "charset");
            return this;
        }

        /**
         * Sets which of the servers behind one address is meant (HOST, RFC 7151).
         *
         * @param name its name
         * @return this builder
         * @throws IllegalArgumentException if it has a CR, LF or NUL in it
         */
        public Builder virtualHost(String name) {
            this.virtualHost = CommandText.check("virtualHost", name);
            return this;
        }

        /**
         * Sets what the server is told of the client's name (CLNT), should it want to know.
         *
         * @param name the name; by default nothing is told
         * @return this builder
         * @throws IllegalArgumentException if it has a CR, LF or NUL in it
         */
        public Builder clientName(String name) {
            this.clientName = CommandText.check("clientName", name);
            return this;
        }

        /**
         * Sets in which zone the server's clock is, for listings (LIST) that tell local times. Servers with MLSD tell UTC.
         *
         * @param zone the zone; by default UTC
         * @return this builder
         */
        public Builder serverZone(ZoneId zone) {
            this.serverZone = Objects.requireNonNull(zone, "serverZone");
            return this;
        }

        /**
         * Sets who makes data connections.
         *
         * @param mode the mode; by default {@link DataMode#PASSIVE}
         * @return this builder
         */
        public Builder dataMode(DataMode mode) {
            this.dataMode = Objects.requireNonNull(mode, "dataMode");
            return this;
        }

        /**
         * Sets where the server can reach us in active mode.
         *
         * @param ports the ports to listen on, one for each transfer; by default any
         * @return this builder
         */
        public Builder activePorts(PortRange ports) {
            this.activePorts = Objects.requireNonNull(ports, "activePorts");
            return this;
        }

        /**
         * Lets NOOP be sent during transfers, for firewalls and servers that close what seems idle to them. Their replies are counted, so that none is taken for another. Without it the system's own keep-alive is
         * on, which most firewalls are content with.
         *
         * @param interval how often, 1 second or more
         * @return this builder
         */
        public Builder controlKeepAlive(Duration interval) {
            this.keepAlive = Objects.requireNonNull(interval, "controlKeepAlive");
            return this;
        }

        /**
         * Sets whether commands that do not depend on each other are sent together, which saves round trips. RFC 959 has clients wait for replies; servers take it nevertheless, but for a few.
         *
         * @param pipelining whether to do so; by default true
         * @return this builder
         */
        public Builder pipelining(boolean pipelining) {
            this.pipelining = pipelining;
            return this;
        }

        /**
         * Sets whether data are compressed where the server can (MODE Z).
         *
         * @param compression whether to do so; by default false
         * @return this builder
         */
        public Builder compression(boolean compression) {
            this.compression = compression;
            return this;
        }

        /**
         * Sets how much all transfers of this client together may move.
         *
         * @param limit the limit, which clients may share; by default none
         * @return this builder
         */
        public Builder rateLimit(RateLimit limit) {
            this.rateLimit = Objects.requireNonNull(limit, "rateLimit");
            return this;
        }

        /**
         * Sets a proxy.
         *
         * @param type its kind
         * @param proxyHost its name or address
         * @param proxyPort its port
         * @return this builder
         */
        public Builder proxy(ProxyType type, String proxyHost, int proxyPort) {
            requirePort("proxy", proxyPort);
            this.proxy = new Proxy(
                    kind(Objects.requireNonNull(type, "proxy")),
                    Objects.requireNonNull(proxyHost, "proxy"),
                    proxyPort,
                    Optional.empty());
            return this;
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
            proxy(type, proxyHost, proxyPort);
            this.proxy = new Proxy(
                    kind(type),
                    proxyHost,
                    proxyPort,
                    Optional.of(new Proxy.Login(CommandText.check("proxy", name), CommandText.check("proxy", secret))));
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
        public FtpClient build() {
            ClientSettings checked = check();
            return new FtpClient(new Builder(this), ClientContext.start(checked, transport));
        }

        private FtpScheme chosenScheme() {
            return scheme == null ? (security == null ? FtpScheme.PLAIN : FtpScheme.EXPLICIT_TLS) : scheme;
        }

        private ClientSettings check() {
            String server = host;
            if (server == null || server.isBlank()) {
                throw new IllegalArgumentException("host: there is none");
            }
            FtpScheme chosen = chosenScheme();
            int serverPort = port.orElse(chosen.standardPort());
            requirePort("port", serverPort);
            if (keepAlive != null && keepAlive.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("controlKeepAlive: " + keepAlive + " is less than a second");
            }
            if (proxy != null && dataMode == DataMode.ACTIVE) {
                throw new IllegalArgumentException("dataMode: through a proxy it has to be passive");
            }
            return new ClientSettings(
                    server,
                    serverPort,
                    chosen,
                    new LoginData(user, password, Optional.ofNullable(account)),
                    mechanism(chosen),
                    timeouts,
                    charset.equals(StandardCharsets.UTF_8) ? ControlCharset.UTF_8 : ControlCharset.only(charset),
                    Optional.ofNullable(virtualHost),
                    Optional.ofNullable(clientName),
                    serverZone,
                    dataMode,
                    activePorts,
                    Optional.ofNullable(keepAlive),
                    pipelining,
                    compression,
                    rateLimit,
                    Optional.ofNullable(proxy));
        }

        private Optional<ClientMechanism> mechanism(FtpScheme chosen) {
            if (chosen == FtpScheme.PLAIN) {
                if (security != null) {
                    throw new IllegalArgumentException(
                            "scheme: PLAIN protects nothing, and there is a securityMechanism");
                }
                return Optional.empty();
            }
            if (security == null) {
                throw new IllegalArgumentException("securityMechanism: " + chosen + " needs one, see portolan-ftps");
            }
            if (!(security instanceof ClientMechanism mechanism)) {
                throw new IllegalArgumentException("securityMechanism: " + security + " is nothing for clients");
            }
            return Optional.of(mechanism);
        }

        private static Proxy.Kind kind(ProxyType type) {
            return switch (type) {
                case SOCKS4 -> Proxy.Kind.SOCKS4;
                case SOCKS5 -> Proxy.Kind.SOCKS5;
                case HTTP_CONNECT -> Proxy.Kind.HTTP_CONNECT;
            };
        }

        private static void requirePort(String setting, int value) {
            if (value < 1 || value > PortRange.MAX_PORT) {
                throw new IllegalArgumentException(setting + ": " + value + " is not within 1–" + PortRange.MAX_PORT);
            }
        }
    }
}

package io.portolan.ftp.server;

import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.fs.FileSystemFactory;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.ftp.security.SecurityMechanism;
import io.portolan.ftp.server.internal.FtpPortPlan;
import io.portolan.ftp.server.internal.port.CidrBlock;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.LoginGuard;
import io.portolan.guard.RateLimit;
import io.portolan.ports.HostFacts;
import io.portolan.ports.PortPlan;
import io.portolan.session.SessionListener;
import io.portolan.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an {@link FtpServer}. Immutable; made by {@link FtpServer#builder()}.
 */
public final class FtpServerConfig {

    /** RFC 959 §8: the port of the control connection. */
    public static final int STANDARD_PORT = 21;

    /** IANA's {@code ftps}: the port of control connections that are protected from the first octet. */
    public static final int IMPLICIT_PORT = 990;

    /** IANA's {@code ftps-data}: the port below {@link #IMPLICIT_PORT}, from which active data connections come there. */
    public static final int IMPLICIT_DATA_PORT = 989;

    /** RFC 959 §3.2: active data connections come from the port below the control connection's. */
    public static final int STANDARD_DATA_PORT = 20;

    /** A builder that nobody else has. */
    private final Builder settings;

    private FtpServerConfig(Builder settings) {
        this.settings = settings;
    }

    /**
     * The address and port to listen on.
     *
     * @return the address; port 0 stands for any free one
     */
    public InetSocketAddress bindAddress() {
        return new InetSocketAddress(settings.bindAddress, settings.port);
    }

    private int dataPort(int port, boolean implicit) {
        if (settings.activeDataPort.isPresent()) {
            return settings.activeDataPort.getAsInt();
        }
        if (implicit) {
            return port == IMPLICIT_PORT ? IMPLICIT_DATA_PORT : 0;
        }
        return port == STANDARD_PORT ? STANDARD_DATA_PORT : 0;
    }

    /**
     * The local port of active data connections, for sessions that began on {@link #bindAddress()}.
     *
     * @return the port; 0 stands for any free one
     */
    public int activeDataPort() {
        return dataPort(settings.port, settings.controlProtection == ControlProtection.IMPLICIT);
    }

    /**
     * The local port of active data connections, for sessions that began on {@link #implicitPort()}.
     *
     * @return the port; 0 stands for any free one
     */
    public int implicitActiveDataPort() {
        return dataPort(settings.implicitPort.orElse(0), true);
    }

    /**
     * The ports of passive data connections.
     *
     * @return the ports
     */
    public PassivePorts passivePorts() {
        return settings.passivePorts;
    }

    /**
     * The address that PASV announces.
     *
     * @return the address
     */
    public PublicAddress publicAddress() {
        return settings.publicAddress;
    }

    /**
     * Who may log in.
     *
     * @return the authenticator
     */
    public Authenticator authenticator() {
        return settings.authenticator;
    }

    /**
     * What they see.
     *
     * @return the factory
     */
    public FileSystemFactory files() {
        return Objects.requireNonNull(settings.files, "checked by build()");
    }

    /**
     * The texts.
     *
     * @return the texts
     */
    public FtpMessages messages() {
        return settings.messages;
    }

    /**
     * The other names of the server.
     *
     * @return the virtual hosts, by name in lower case
     */
    public Map<String, VirtualHost> virtualHosts() {
        return Collections.unmodifiableMap(settings.virtualHosts);
    }

    /**
     * Who is told what happens.
     *
     * @return the listeners
     */
    public List<SessionListener> listeners() {
        return Collections.unmodifiableList(settings.listeners);
    }

    /**
     * SITE commands beside the built-in ones.
     *
     * @return the commands
     */
    public List<SiteCommand> siteCommands() {
        return Collections.unmodifiableList(settings.siteCommands);
    }

    /**
     * What AUTH can ask for.
     *
     * @return the mechanisms
     */
    public List<SecurityMechanism> securityMechanisms() {
        return Collections.unmodifiableList(settings.securityMechanisms);
    }

    /**
     * How the protection of connections to {@link #bindAddress()} begins.
     *
     * @return the setting
     */
    public ControlProtection controlProtection() {
        return settings.controlProtection;
    }

    /**
     * The other port of control connections, on which they are protected from the first octet.
     *
     * @return the port, if there is one; 0 stands for any free one
     */
    public OptionalInt implicitPort() {
        return settings.implicitPort;
    }

    /**
     * How many connections are let in.
     *
     * @return the limits
     */
    public ConnectionLimits limits() {
        return settings.limits;
    }

    /**
     * What slows down those who guess passwords.
     *
     * @return the guard
     */
    public LoginGuard loginGuard() {
        return Objects.requireNonNull(settings.loginGuard, "set by build()");
    }

    /**
     * The bandwidth that all transfers share.
     *
     * @return the limit, if there is one
     */
    public Optional<RateLimit> rateLimit() {
        return Optional.ofNullable(settings.rateLimit);
    }

    /**
     * How long sessions wait.
     *
     * @return the time-outs
     */
    public FtpTimeouts timeouts() {
        return settings.timeouts;
    }

    /**
     * The charset of command lines that are not UTF-8.
     *
     * @return the charset
     */
    public Charset fallbackCharset() {
        return settings.fallbackCharset;
    }

    /**
     * Whether passwords may cross a network in the clear.
     *
     * @return the setting
     */
    public boolean isPlainLoginAllowed() {
        return settings.plainLoginAllowed;
    }

    /**
     * Whether clients may have transfers compressed (MODE Z).
     *
     * @return the setting
     */
    public boolean isCompressionAllowed() {
        return settings.compressionAllowed;
    }

    /**
     * Whether plain downloads of the platform's own files are left to the kernel.
     *
     * @return the setting
     */
    public boolean isSendfileAllowed() {
        return settings.sendfileAllowed;
    }

    /**
     * The networks that PORT and EPRT may name beside the client's own address.
     *
     * @return the networks, such as {@code 192.0.2.0/24}; none unless set
     */
    public List<String> fxpNetworks() {
        return Collections.unmodifiableList(settings.fxpNetworks);
    }

    /**
     * How often listeners hear of a transfer that goes on.
     *
     * @return the interval
     */
    public Duration progressInterval() {
        return settings.progressInterval;
    }

    /**
     * Threads and the kind of transport.
     *
     * @return the options
     */
    public TransportOptions transport() {
        return settings.transport;
    }

    /**
     * The ports that a server with these settings needs, for whoever keeps the firewall: before it binds, so that a port that is to be any free one is not known yet, and an
     * address that is to be looked up by its name neither.
     *
     * @return the ports, and what may bite on this machine
     */
    public PortPlan portPlan() {
        return FtpPortPlan.of(this, settings.port, settings.implicitPort, HostFacts.ofThisHost());
    }

    /**
     * Begins with these settings, such as for a server on another port. Users named by {@link Builder#user} stay, as a part of {@link #authenticator()}; what servers may share,
     * such as the {@link #loginGuard()}, is shared.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    /** Takes the settings of an FTP server. Not for several threads at a time. */
    public static final class Builder {
        private InetAddress bindAddress = InetAddress.getLoopbackAddress();
        private int port = STANDARD_PORT;
        private OptionalInt activeDataPort = OptionalInt.empty();
        private PassivePorts passivePorts = PassivePorts.any();
        private PublicAddress publicAddress = PublicAddress.asReached();
        private Authenticator authenticator = Authenticators.denyAll();
        private final Map<String, String> users = new TreeMap<>();
        private @Nullable FileSystemFactory files;
        private FtpMessages messages = FtpMessages.DEFAULT;
        private final Map<String, VirtualHost> virtualHosts = new TreeMap<>();
        private final List<SessionListener> listeners = new ArrayList<>();
        private final List<SiteCommand> siteCommands = new ArrayList<>();
        private final List<SecurityMechanism> securityMechanisms = new ArrayList<>();
        private ControlProtection controlProtection = ControlProtection.EXPLICIT;
        private OptionalInt implicitPort = OptionalInt.empty();
        private ConnectionLimits limits = ConnectionLimits.defaults();
        private @Nullable LoginGuard loginGuard;
        private @Nullable RateLimit rateLimit;
        private FtpTimeouts timeouts = FtpTimeouts.DEFAULT;
        private Charset fallbackCharset = StandardCharsets.ISO_8859_1;
        private boolean plainLoginAllowed;
        private boolean compressionAllowed;
        private boolean sendfileAllowed;
        private final List<String> fxpNetworks = new ArrayList<>();
        private Duration progressInterval = Duration.ofSeconds(1);
        private TransportOptions transport = TransportOptions.defaults();

        Builder() {}

        /**
         * Sets the address to listen on. Without it only this machine can connect.
         *
         * @param address the address; the wildcard address for all
         * @return this
         */
        public Builder bind(InetAddress address) {
            this.bindAddress = Objects.requireNonNull(address, "bind");
            return this;
        }

        /**
         * Sets the port of the control connection.
         *
         * @param number 0–65535; 0 stands for any free one; {@value #STANDARD_PORT} is the standard, and the default
         * @return this
         */
        public Builder port(int number) {
            this.port = checkPort("port", number);
            return this;
        }

        /**
         * Sets the local port of active data connections. Without it, it is {@value #STANDARD_DATA_PORT} for sessions on port {@value #STANDARD_PORT},
         * {@value #IMPLICIT_DATA_PORT} for those on port {@value #IMPLICIT_PORT} that are protected from the start, and any free one for others.
         *
         * @param number 0–65535; 0 stands for any free one
         * @return this
         */
        public Builder activeDataPort(int number) {
            this.activeDataPort = OptionalInt.of(checkPort("activeDataPort", number));
            return this;
        }

        private static int checkPort(String name, int number) {
            if (number < 0 || number > 65535) {
                throw new IllegalArgumentException(name + ": " + number + " is not between 0 and 65535");
            }
            return number;
        }

        /**
         * Sets the ports of passive data connections. Without it any free port is used, which no firewall can be told of.
         *
         * @param ports the ports
         * @return this
         */
        public Builder passivePorts(PassivePorts ports) {
            this.passivePorts = Objects.requireNonNull(ports, "passivePorts");
            return this;
        }

        /**
         * Sets the address that PASV announces. Without it, it is the one that the client reached.
         *
         * @param address the address
         * @return this
         */
        public Builder publicAddress(PublicAddress address) {
            this.publicAddress = Objects.requireNonNull(address, "publicAddress");
            return this;
        }

        /**
         * Lets a user in by a password.
         *
         * @param name the user's name
         * @param password the password
         * @return this
         */
        public Builder user(String name, String password) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("user: the name is empty");
            }
            users.put(name, Objects.requireNonNull(password, "password"));
            return this;
        }

        /**
         * Sets who may log in, beside those named by {@link #user}. Without both nobody may.
         *
         * @param decides the authenticator
         * @return this
         */
        public Builder authenticator(Authenticator decides) {
            this.authenticator = Objects.requireNonNull(decides, "authenticator");
            return this;
        }

        /**
         * Serves the same files to everybody; the caller closes them.
         *
         * @param shared the file system
         * @return this
         */
        public Builder files(VirtualFileSystem shared) {
            return files(FileSystemFactory.shared(shared));
        }

        /**
         * Sets what each user sees.
         *
         * @param factory opens a user's files
         * @return this
         */
        public Builder files(FileSystemFactory factory) {
            this.files = Objects.requireNonNull(factory, "files");
            return this;
        }

        /**
         * Sets the texts.
         *
         * @param texts the texts
         * @return this
         */
        public Builder messages(FtpMessages texts) {
            this.messages = Objects.requireNonNull(texts, "messages");
            return this;
        }

        /**
         * Adds another name of the server, with accounts and files of its own.
         *
         * @param host the virtual host
         * @return this
         */
        public Builder virtualHost(VirtualHost host) {
            virtualHosts.put(host.name().toLowerCase(Locale.ROOT), host);
            return this;
        }

        /**
         * Adds one who is told what happens.
         *
         * @param listener the listener
         * @return this
         */
        public Builder listener(SessionListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Adds a SITE command.
         *
         * @param command the command
         * @return this
         */
        public Builder siteCommand(SiteCommand command) {
            siteCommands.add(Objects.requireNonNull(command, "siteCommand"));
            return this;
        }

        /**
         * Adds something that AUTH can ask for.
         *
         * @param mechanism the mechanism
         * @return this
         */
        public Builder securityMechanism(SecurityMechanism mechanism) {
            if (securityMechanisms.contains(Objects.requireNonNull(mechanism, "securityMechanism"))) {
                throw new IllegalArgumentException("securityMechanism: given twice");
            }
            securityMechanisms.add(mechanism);
            return this;
        }

        /**
         * Sets how the protection of connections to {@link #port} begins. It needs a {@link #securityMechanism}, the first of which is taken.
         *
         * @param how explicit, unless set
         * @return this
         */
        public Builder controlProtection(ControlProtection how) {
            this.controlProtection = Objects.requireNonNull(how, "controlProtection");
            return this;
        }

        /**
         * Listens on another port as well, on which connections are protected from the first octet by the first {@link #securityMechanism}.
         *
         * @param number 0–65535; 0 stands for any free one; {@value FtpServerConfig#IMPLICIT_PORT} is the custom
         * @return this
         */
        public Builder implicitPort(int number) {
            this.implicitPort = OptionalInt.of(checkPort("implicitPort", number));
            return this;
        }

        /**
         * Sets how many connections are let in.
         *
         * @param values the limits
         * @return this
         */
        public Builder limits(ConnectionLimits values) {
            this.limits = Objects.requireNonNull(values, "limits");
            return this;
        }

        /**
         * Sets what slows down those who guess passwords. Servers may share one.
         *
         * @param guard the guard
         * @return this
         */
        public Builder loginGuard(LoginGuard guard) {
            this.loginGuard = Objects.requireNonNull(guard, "loginGuard");
            return this;
        }

        /**
         * Limits the bandwidth that all transfers share. Servers may share one.
         *
         * @param limit the limit
         * @return this
         */
        public Builder rateLimit(RateLimit limit) {
            this.rateLimit = Objects.requireNonNull(limit, "rateLimit");
            return this;
        }

        /**
         * Sets how long sessions wait.
         *
         * @param values the time-outs
         * @return this
         */
        public Builder timeouts(FtpTimeouts values) {
            this.timeouts = Objects.requireNonNull(values, "timeouts");
            return this;
        }

        /**
         * Sets the charset of command lines that are not UTF-8 (RFC 2640 §2.2), which must be a superset of ASCII. The default, ISO-8859-1, keeps each octet.
         *
         * @param charset the charset
         * @return this
         */
        public Builder fallbackCharset(Charset charset) {
            this.fallbackCharset = Objects.requireNonNull(charset, "fallbackCharset");
            return this;
        }

        /**
         * Lets users log in over connections that are neither encrypted nor on this machine: whoever is on the way reads the passwords
         * and the files. Without it such logins are refused with 530.
         *
         * @param allowed the setting
         * @return this
         */
        public Builder allowPlainLogin(boolean allowed) {
            this.plainLoginAllowed = allowed;
            return this;
        }

        /**
         * Offers MODE Z, which compresses what is transferred. Clients such as lftp use it wherever it is offered, also for files that are
         * compressed already. It moves some tens of megabytes a second at most and takes that much processor time of this server, so it pays only for
         * clients behind slow lines. Without it MODE Z is refused with 504.
         *
         * @param allowed the setting; {@code false} if not set
         * @return this
         */
        public Builder allowCompression(boolean allowed) {
            this.compressionAllowed = allowed;
            return this;
        }

        /**
         * Leaves plain downloads of the platform's own files to the kernel (sendfile), which moves them from its page cache to the network card without a copy.
         * It reads the disk on a thread that serves other sessions too: a file that has to come from a slow disk or over a network makes them wait, so
         * allow it only where the files are in memory or on fast disks, and the card is fast. Over the loopback interface downloads are slower with it.
         * Transfers with TLS, in ASCII, compressed or with a rate limit are never left to the kernel.
         *
         * @param allowed the setting; {@code false} if not set
         * @return this
         */
        public Builder allowSendfile(boolean allowed) {
            this.sendfileAllowed = allowed;
            return this;
        }

        /**
         * Lets PORT and EPRT name hosts of a network beside the client's own address (server-to-server copies, "FXP"). It lets clients make this
         * server connect to these hosts (RFC 2577 §3), though never to a port below 1024.
         *
         * @param network such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}
         * @return this
         */
        public Builder allowFxpInto(String network) {
            CidrBlock.parse(network);
            fxpNetworks.add(network);
            return this;
        }

        /**
         * Sets how often listeners hear of a transfer that goes on.
         *
         * @param interval the interval; a second if not set
         * @return this
         */
        public Builder progressInterval(Duration interval) {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("progressInterval: " + interval + " is not positive");
            }
            this.progressInterval = interval;
            return this;
        }

        /**
         * Sets the threads and the kind of transport.
         *
         * @param options the options
         * @return this
         */
        public Builder transport(TransportOptions options) {
            this.transport = Objects.requireNonNull(options, "transport");
            return this;
        }

        /** A copy, of which the other knows nothing. */
        private Builder(Builder from) {
            bindAddress = from.bindAddress;
            port = from.port;
            activeDataPort = from.activeDataPort;
            passivePorts = from.passivePorts;
            publicAddress = from.publicAddress;
            authenticator = from.authenticator;
            users.putAll(from.users);
            files = from.files;
            messages = from.messages;
            virtualHosts.putAll(from.virtualHosts);
            listeners.addAll(from.listeners);
            siteCommands.addAll(from.siteCommands);
            securityMechanisms.addAll(from.securityMechanisms);
            controlProtection = from.controlProtection;
            implicitPort = from.implicitPort;
            limits = from.limits;
            loginGuard = from.loginGuard;
            rateLimit = from.rateLimit;
            timeouts = from.timeouts;
            fallbackCharset = from.fallbackCharset;
            plainLoginAllowed = from.plainLoginAllowed;
            compressionAllowed = from.compressionAllowed;
            sendfileAllowed = from.sendfileAllowed;
            fxpNetworks.addAll(from.fxpNetworks);
            progressInterval = from.progressInterval;
            transport = from.transport;
        }

        /**
         * Makes the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if one is missing or does not fit the others; its name is in the message
         */
        public FtpServerConfig build() {
            if (files == null) {
                throw new IllegalArgumentException(
                        "files: not set; give PathFileSystem.of(folder), or a file system of your own");
            }
            if (securityMechanisms.isEmpty()) {
                if (controlProtection != ControlProtection.EXPLICIT) {
                    throw new IllegalArgumentException(
                            "controlProtection: " + controlProtection + " needs a securityMechanism");
                }
                if (implicitPort.isPresent()) {
                    throw new IllegalArgumentException("implicitPort: needs a securityMechanism");
                }
            }
            try {
                ControlCharset.utf8(fallbackCharset);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("fallbackCharset: " + e.getMessage(), e);
            }
            Builder settings = new Builder(this);
            if (!users.isEmpty()) {
                settings.authenticator = Authenticators.firstOf(Authenticators.users(users), authenticator);
                settings.users.clear();
            }
            if (loginGuard == null) {
                settings.loginGuard = LoginGuard.standard();
            }
            return new FtpServerConfig(settings);
        }

        /**
         * Makes the settings and starts a server with them.
         *
         * @return the running server
         * @throws IllegalArgumentException if a setting is missing or does not fit the others
         * @throws java.io.UncheckedIOException if a port cannot be had; the message names it and tells what to do
         */
        public FtpServer start() {
            return FtpServer.start(build());
        }
    }
}

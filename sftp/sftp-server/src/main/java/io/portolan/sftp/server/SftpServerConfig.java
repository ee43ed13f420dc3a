package io.portolan.sftp.server;

import io.portolan.auth.Authenticator;
import io.portolan.auth.Authenticators;
import io.portolan.fs.FileSystemFactory;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.LoginGuard;
import io.portolan.guard.RateLimit;
import io.portolan.ports.HostFacts;
import io.portolan.ports.PortPlan;
import io.portolan.session.SessionListener;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.sftp.server.internal.SftpPortPlan;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an {@link SftpServer}. Immutable; made by {@link SftpServer#builder()}.
 */
public final class SftpServerConfig {

    /** RFC 4250 §4.1: SSH's port. */
    public static final int STANDARD_PORT = 22;

    /** RFC 4253 §9: keys are renewed after this many octets in one direction unless set otherwise, 1 GiB. */
    public static final long STANDARD_REKEY_OCTETS = 1L << 30;

    /** A builder that nobody else has. */
    private final Builder settings;

    private SftpServerConfig(Builder settings) {
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

    /**
     * The files with host keys.
     *
     * @return the files; none if there are {@link #hostKeys()}
     */
    public List<Path> hostKeyFiles() {
        return Collections.unmodifiableList(settings.hostKeyFiles);
    }

    /**
     * The host keys that were given as such.
     *
     * @return the keys; none if there are {@link #hostKeyFiles()}
     */
    public List<KeyPair> hostKeys() {
        return Collections.unmodifiableList(settings.hostKeys);
    }

    /**
     * The files with certificates of host keys.
     *
     * @return the files, usually none
     */
    public List<Path> hostCertificateFiles() {
        return Collections.unmodifiableList(settings.hostCertificateFiles);
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
     * Who is told what happens.
     *
     * @return the listeners
     */
    public List<SessionListener> listeners() {
        return Collections.unmodifiableList(settings.listeners);
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
     * How much each of them may have.
     *
     * @return the limits
     */
    public SftpSessionLimits sessionLimits() {
        return settings.sessionLimits;
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
     * @return the limit; an unlimited one unless set
     */
    public RateLimit rateLimit() {
        return settings.rateLimit;
    }

    /**
     * How long sessions wait.
     *
     * @return the time-outs
     */
    public SftpTimeouts timeouts() {
        return settings.timeouts;
    }

    /**
     * How connections are protected.
     *
     * @return the algorithms
     */
    public SshAlgorithms algorithms() {
        return settings.algorithms;
    }

    /**
     * After how many octets in one direction keys are renewed.
     *
     * @return the number
     */
    public long rekeyOctets() {
        return settings.rekeyOctets;
    }

    /**
     * After what time keys are renewed.
     *
     * @return the time
     */
    public Duration rekeyInterval() {
        return settings.rekeyInterval;
    }

    /**
     * What the server calls itself.
     *
     * @return the part of the identification behind {@code SSH-2.0-}
     */
    public String softwareVersion() {
        return settings.softwareVersion;
    }

    /**
     * The ways to log in.
     *
     * @return methods of which each has to succeed, in order, for each way; empty if each method alone is one
     */
    public List<List<LoginMethod>> loginChains() {
        return settings.loginChains;
    }

    /**
     * What users are shown before they log in.
     *
     * @return the text; empty for none
     */
    public String banner() {
        return settings.banner;
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
     * Whether clients may use the old protocol of {@code scp}.
     *
     * @return false unless it was switched on
     */
    public boolean legacyScp() {
        return settings.legacyScp;
    }

    /**
     * Whether clients hear of the size and the free room of the store.
     *
     * @return true unless it was switched off
     */
    public boolean tellsSpace() {
        return settings.tellsSpace;
    }

    /**
     * Whether clients hear the names of users and groups by their numbers.
     *
     * @return true unless it was switched off
     */
    public boolean tellsNames() {
        return settings.tellsNames;
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
     * The port that a server with these settings needs, for whoever keeps the firewall: before it binds, so that a port that is to be any free one is not known yet.
     *
     * @return the port, and what may bite on this machine
     */
    public PortPlan portPlan() {
        return SftpPortPlan.of(this, settings.port, HostFacts.ofThisHost());
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

    /** Takes the settings of an SFTP server. Not for several threads at a time. */
    public static final class Builder {
        private InetAddress bindAddress = InetAddress.getLoopbackAddress();
        private int port = STANDARD_PORT;
        private final List<Path> hostKeyFiles = new ArrayList<>();
        private final List<KeyPair> hostKeys = new ArrayList<>();
        private final List<Path> hostCertificateFiles = new ArrayList<>();
        private Authenticator authenticator = Authenticators.denyAll();
        private final Map<String, String> users = new TreeMap<>();
        private @Nullable FileSystemFactory files;
        private final List<SessionListener> listeners = new ArrayList<>();
        private ConnectionLimits limits = ConnectionLimits.defaults();
        private SftpSessionLimits sessionLimits = SftpSessionLimits.DEFAULT;
        private @Nullable LoginGuard loginGuard;
        private RateLimit rateLimit = RateLimit.unlimited();
        private SftpTimeouts timeouts = SftpTimeouts.DEFAULT;
        private SshAlgorithms algorithms = SshAlgorithms.modern();
        private long rekeyOctets = STANDARD_REKEY_OCTETS;
        private Duration rekeyInterval = Duration.ofHours(1);
        private String softwareVersion = "Portolan";
        private String banner = "";
        private List<List<LoginMethod>> loginChains = List.of();
        private Duration progressInterval = Duration.ofSeconds(1);
        private boolean legacyScp;
        private boolean tellsSpace = true;
        private boolean tellsNames = true;
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
         * Sets the port.
         *
         * @param number 0–65535; 0 stands for any free one; {@value #STANDARD_PORT} is the standard, and the default
         * @return this
         */
        public Builder port(int number) {
            if (number < 0 || number > 65535) {
                throw new IllegalArgumentException("port: " + number + " is not between 0 and 65535");
            }
            this.port = number;
            return this;
        }

        /**
         * Adds a file with a private key by which the server shows who it is, without a passphrase, in the format of OpenSSH, PEM, PKCS#8 or PuTTY. If it is not there, the first start makes it, with an
         * Ed25519 key; it must stay the same from then on, as clients remember it. Its folder must be there. Others than the owner must not be able to read it.
         *
         * @param file the file
         * @return this
         */
        public Builder hostKeyFile(Path file) {
            hostKeyFiles.add(Objects.requireNonNull(file, "hostKeyFile"));
            return this;
        }

        /**
         * Adds a key by which the server shows who it is, for those who keep their keys elsewhere than in files: Ed25519, ECDSA on a curve of NIST, or RSA with
         * 2,048 bits or more.
         *
         * @param keys both halves
         * @return this
         */
        public Builder hostKey(KeyPair keys) {
            hostKeys.add(Objects.requireNonNull(keys, "hostKey"));
            return this;
        }

        /**
         * Adds a file with a certificate of one of the host keys, as {@code ssh-keygen -s ca -h -n names} makes it: clients that trust the CA then need not know the key. One that is not in
         * force at the start is left out, with a line in the log.
         *
         * @param file the file, as a rule with a name that ends in {@code -cert.pub}
         * @return this
         */
        public Builder hostCertificateFile(Path file) {
            hostCertificateFiles.add(Objects.requireNonNull(file, "hostCertificateFile"));
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
         * Sets how much each session may have.
         *
         * @param values the limits
         * @return this
         */
        public Builder sessionLimits(SftpSessionLimits values) {
            this.sessionLimits = Objects.requireNonNull(values, "sessionLimits");
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
        public Builder timeouts(SftpTimeouts values) {
            this.timeouts = Objects.requireNonNull(values, "timeouts");
            return this;
        }

        /**
         * Sets how connections are protected.
         *
         * @param chosen a preset, or what was made of one; {@link SshAlgorithms#modern()} if not set
         * @return this
         */
        public Builder algorithms(SshAlgorithms chosen) {
            this.algorithms = Objects.requireNonNull(chosen, "algorithms");
            return this;
        }

        /**
         * Sets when the keys of a connection are renewed, which costs a few milliseconds each time. The client may do so earlier.
         *
         * @param octets in one direction; {@link #STANDARD_REKEY_OCTETS} if not set
         * @param interval an hour if not set
         * @return this
         */
        public Builder rekeyAfter(long octets, Duration interval) {
            if (octets < 1) {
                throw new IllegalArgumentException("rekeyAfter: " + octets + " octets is less than 1");
            }
            this.rekeyOctets = octets;
            this.rekeyInterval = positive("rekeyAfter", interval);
            return this;
        }

        /**
         * Sets what the server calls itself. Clients choose by it how to get along with what they know to be wrong there.
         *
         * @param version 1–200 printable ASCII characters without a space; without a number of a version if not set
         * @return this
         */
        public Builder softwareVersion(String version) {
            if (version.isEmpty() || version.length() > 200 || !version.chars().allMatch(c -> c > ' ' && c <= '~')) {
                throw new IllegalArgumentException(
                        "softwareVersion: not 1 to 200 printable ASCII characters without a space: " + version);
            }
            this.softwareVersion = version;
            return this;
        }

        /**
         * Adds a way to log in: methods of which each has to succeed, in this order, such as a key and then a password. Without any, each method alone is one. The authenticator is asked for
         * each step, and has to come to the same name each time; what the steps' keys may not do, the session may not.
         *
         * @param methods one or more
         * @return this
         */
        public Builder loginChain(LoginMethod... methods) {
            if (methods.length == 0) {
                throw new IllegalArgumentException("loginChain: no method");
            }
            List<List<LoginMethod>> more = new ArrayList<>(loginChains);
            more.add(List.of(methods));
            this.loginChains = List.copyOf(more);
            return this;
        }

        /**
         * Sets what users are shown before they log in, such as whose machine it is.
         *
         * @param text up to 8,192 characters; lines end with LF
         * @return this
         */
        public Builder banner(String text) {
            if (text.length() > 8 * 1024) {
                throw new IllegalArgumentException("banner: longer than 8192 characters");
            }
            this.banner = text;
            return this;
        }

        /**
         * Sets how often listeners hear of a transfer that goes on.
         *
         * @param interval the interval; a second if not set
         * @return this
         */
        public Builder progressInterval(Duration interval) {
            this.progressInterval = positive("progressInterval", interval);
            return this;
        }

        /**
         * Lets clients use the old protocol of {@code scp}, which today's use only if they are told to ({@code scp -O}): it is off unless this is called with true. Commands
         * are read without a shell, and what a shell would do something with, such as wildcards, is refused. Users to whom a command is forced do not get it.
         *
         * @param allowed whether it may be used
         * @return this
         */
        public Builder legacyScp(boolean allowed) {
            this.legacyScp = allowed;
            return this;
        }

        /**
         * Whether clients may ask for the size and the free room of the store ({@code df} in OpenSSH's {@code sftp}: statvfs@openssh.com, fstatvfs@openssh.com, space-available). They
         * may unless this is called with false: how large the operator's disk is may be nobody's business. A quota is told in the same way, so that it is hidden as well.
         *
         * @param told whether it is told
         * @return this
         */
        public Builder tellsSpace(boolean told) {
            this.tellsSpace = told;
            return this;
        }

        /**
         * Whether clients may ask for the names of users and groups by their numbers (users-groups-by-id@openssh.com). They may unless this is called with false, and hear only names that
         * their session has seen in listings, where versions from 4 on have them anyway.
         *
         * @param told whether they are told
         * @return this
         */
        public Builder tellsNames(boolean told) {
            this.tellsNames = told;
            return this;
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + ": " + value + " is not positive");
            }
            return value;
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
            hostKeyFiles.addAll(from.hostKeyFiles);
            hostKeys.addAll(from.hostKeys);
            hostCertificateFiles.addAll(from.hostCertificateFiles);
            authenticator = from.authenticator;
            users.putAll(from.users);
            files = from.files;
            listeners.addAll(from.listeners);
            limits = from.limits;
            sessionLimits = from.sessionLimits;
            loginGuard = from.loginGuard;
            rateLimit = from.rateLimit;
            timeouts = from.timeouts;
            algorithms = from.algorithms;
            rekeyOctets = from.rekeyOctets;
            rekeyInterval = from.rekeyInterval;
            softwareVersion = from.softwareVersion;
            banner = from.banner;
            loginChains = from.loginChains;
            progressInterval = from.progressInterval;
            legacyScp = from.legacyScp;
            tellsSpace = from.tellsSpace;
            tellsNames = from.tellsNames;
            transport = from.transport;
        }

        /**
         * Makes the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if one is missing or does not fit the others; its name is in the message
         */
        public SftpServerConfig build() {
            if (files == null) {
                throw new IllegalArgumentException(
                        "files: not set; give PathFileSystem.of(folder), or a file system of your own");
            }
            if (hostKeyFiles.isEmpty() && hostKeys.isEmpty()) {
                throw new IllegalArgumentException(
                        "hostKeyFile: not set; give a file that is kept, it is made at the first start");
            }
            Builder settings = new Builder(this);
            if (!users.isEmpty()) {
                settings.authenticator = Authenticators.firstOf(Authenticators.users(users), authenticator);
                settings.users.clear();
            }
            if (loginGuard == null) {
                settings.loginGuard = LoginGuard.standard();
            }
            return new SftpServerConfig(settings);
        }

        /**
         * Makes the settings and starts a server with them.
         *
         * @return the running server
         * @throws IllegalArgumentException if a setting is missing or does not fit the others
         * @throws java.io.UncheckedIOException if the port cannot be had, or a host key not be read; the message names it and tells what to do
         */
        public SftpServer start() {
            return SftpServer.start(build());
        }
    }
}

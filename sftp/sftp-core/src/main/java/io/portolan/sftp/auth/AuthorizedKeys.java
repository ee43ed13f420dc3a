package io.portolan.sftp.auth;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.ssh.internal.auth.CertificateRestrictions;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.trust.AuthorizedKeyList;
import io.portolan.ssh.internal.trust.CertificateTerms;
import io.portolan.ssh.internal.trust.KeyOptions;
import io.portolan.ssh.internal.trust.TrustException;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets users in by their SSH keys, which are given as OpenSSH's {@code authorized_keys} has them: a key on each line, with options before it. To take passwords as well, combine it by
 * {@link io.portolan.auth.Authenticators#firstOf}.
 *
 * <p>Kept to are {@code from} (addresses, networks and patterns of addresses; names of hosts match nobody, as names are not looked up: the log warns of one beside addresses, and a
 * line with nothing else is left out, as it could let nobody in), {@code expiry-time}, {@code cert-authority} with
 * {@code principals}, {@code command} (see {@link LoginRestrictions#isSftpAllowed}), {@code verify-required} and {@code no-touch-required}. {@code restrict} and the options about terminals,
 * forwarding, tunnels, environment and rc files are understood, and forbid or allow what there is not. A line with anything else, or with an option that is not well-formed, is left out.
 */
public final class AuthorizedKeys implements Authenticator {

    private static final Logger LOGGER = LoggerFactory.getLogger(AuthorizedKeys.class);

    private final Source source;

    /** The keys of a user, read. */
    @FunctionalInterface
    interface Source {
        Optional<AuthorizedKeyList> of(String user) throws Exception;
    }

    private AuthorizedKeys(Source source) {
        this.source = source;
    }

    /**
     * Lets one user in.
     *
     * @param user the name
     * @param lines the keys
     * @return the authenticator
     * @throws IllegalArgumentException if a line is wrong; the message names it
     */
    public static AuthorizedKeys of(String user, String lines) {
        return of(Map.of(user, lines));
    }

    /**
     * Lets users in.
     *
     * @param lines the keys of each user; copied
     * @return the authenticator
     * @throws IllegalArgumentException if a line is wrong; the message names it
     */
    public static AuthorizedKeys of(Map<String, String> lines) {
        Map<String, AuthorizedKeyList> lists = new HashMap<>();
        lines.forEach((user, text) -> lists.put(user, strictly(user, text)));
        return new AuthorizedKeys(user -> Optional.ofNullable(lists.get(user)));
    }

    private static AuthorizedKeyList strictly(String user, String text) {
        try {
            return AuthorizedKeyList.parse(text, new AuthorizedKeyList.Complaint() {
                @Override
                public void about(int line, String problem) {
                    throw new IllegalArgumentException("the keys of user " + user + ": line " + line + ": " + problem);
                }

                @Override
                public void remark(int line, String remark) {
                    LOGGER.warn("The keys of user {}: line {}: {}", user, line, remark);
                }
            });
        } catch (TrustException e) {
            throw new IllegalArgumentException("the keys of user " + user + ": " + e.getMessage(), e);
        }
    }

    /**
     * Lets one user in, by the keys of a file. It is read again when it has changed. A line that is wrong is left out, and told of in the log; a file that cannot be read, is
     * longer than 1 MiB, or can be written by others than its owner, lets nobody in.
     *
     * @param user the name
     * @param file the file; it may come to be later
     * @return the authenticator
     */
    public static AuthorizedKeys file(String user, Path file) {
        KeyFile keys = new KeyFile(file);
        return new AuthorizedKeys(name -> name.equals(user) ? keys.read() : Optional.empty());
    }

    /**
     * Lets users in who have a file of their own, on the terms of {@link #file}.
     *
     * @param folder where the files are
     * @param pattern the path of a user's file within it, with {@code %u} for the name, such as {@code %u} or {@code %u/.ssh/authorized_keys}. Users whose name is not just that of a
     *     file (with a slash or backslash, a leading dot, a control character, a colon) have none
     * @return the authenticator
     * @throws IllegalArgumentException if the pattern has no {@code %u}, or leads out of the folder
     */
    public static AuthorizedKeys folder(Path folder, String pattern) {
        KeyFolder files = new KeyFolder(folder, pattern);
        return new AuthorizedKeys(files::read);
    }

    /**
     * Lets users in whose keys come from anywhere. A line that is wrong is left out, and told of in the log.
     *
     * @param lines where they come from
     * @return the authenticator
     */
    public static AuthorizedKeys lookup(KeyLines lines) {
        return new AuthorizedKeys(user -> {
            Optional<String> text = lines.of(user);
            return text.isPresent() ? Optional.of(read(text.get(), "the keys of a user")) : Optional.empty();
        });
    }

    /** Reads lines of which the wrong ones are left out. */
    static AuthorizedKeyList read(String text, String name) throws TrustException {
        return AuthorizedKeyList.parse(text, new AuthorizedKeyList.Complaint() {
            @Override
            public void about(int line, String problem) {
                LOGGER.warn("{}: line {} is left out: {}", name, line, problem);
            }

            @Override
            public void remark(int line, String remark) {
                LOGGER.warn("{}: line {}: {}", name, line, remark);
            }
        });
    }

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) throws Exception {
        if (!(request.credentials() instanceof Credentials.PublicKey key)) {
            return AuthenticationResult.rejected("only keys are accepted");
        }
        Optional<AuthorizedKeyList> keys = source.of(request.user());
        if (keys.isEmpty()) {
            return AuthenticationResult.rejected("a user without keys");
        }
        try {
            LoginRestrictions restrictions = find(keys.get(), key.blob(), request);
            return AuthenticationResult.accepted(restrictions.attachTo(Identity.of(request.user())));
        } catch (TrustException e) {
            return AuthenticationResult.rejected(String.valueOf(e.getMessage()));
        }
    }

    private static LoginRestrictions find(AuthorizedKeyList keys, byte[] blob, AuthenticationRequest request)
            throws TrustException, SshProtocolException {
        InetAddress address = request.session().remoteAddress().getAddress();
        Instant now = Instant.now();
        if (!SshCertificate.isCertificate(SshCertificate.typeOf(blob))) {
            return restrictions(keys.find(blob, address, now));
        }
        SshCertificate certificate = SshCertificate.decode(blob);
        KeyOptions options = keys.find(certificate, request.user(), address, now);
        try {
            return restrictions(options)
                    .and(CertificateRestrictions.of(CertificateTerms.of(certificate, address, now)));
        } catch (IllegalArgumentException e) {
            throw new TrustException("the line and the certificate leave nothing: " + e.getMessage(), e);
        }
    }

    private static LoginRestrictions restrictions(KeyOptions options) {
        LoginRestrictions.Builder builder = LoginRestrictions.builder()
                .touchRequired(options.touchRequired())
                .verificationRequired(options.verificationRequired());
        options.forcedCommand().ifPresent(builder::forcedCommand);
        options.expires().ifPresent(builder::expires);
        return builder.build();
    }
}

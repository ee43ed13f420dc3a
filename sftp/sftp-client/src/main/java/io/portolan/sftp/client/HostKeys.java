package io.portolan.sftp.client;

import io.portolan.sftp.client.internal.hostkey.HostKeySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Whom to trust: the keys by which servers show who they are, and what happens with a server of which nothing is known. Looked at in each exchange of keys, before anything else is told
 * to the server. A server with another key than is known is never trusted, and nor is one whose key is revoked; {@link HostKeyException} tells both fingerprints. Immutable.
 *
 * <p>Files have the format of OpenSSH's {@code known_hosts} (sshd(8)), with names as they are or digested, wildcards, {@code @cert-authority} and {@code @revoked}. They are read when
 * a connection begins.
 */
public final class HostKeys {

    private static final String FINGERPRINT = "SHA256:[A-Za-z0-9+/]{43}";

    /** Of what means something in front of a name, between names or in a pattern, nothing. */
    private static final Pattern ALIAS = Pattern.compile("[^\\s,*?!|@#][^\\s,*?!]*");

    private final HostKeySettings settings;

    private HostKeys(HostKeySettings settings) {
        this.settings = settings;
    }

    /**
     * The keys that OpenSSH knows: {@code .ssh/known_hosts} of whoever runs this, and {@code /etc/ssh/ssh_known_hosts}. Servers that are in neither are refused.
     *
     * @return the keys
     */
    public static HostKeys known() {
        return inFiles(
                Path.of(System.getProperty("user.home", "."), ".ssh", "known_hosts"),
                Path.of("/etc/ssh/ssh_known_hosts"));
    }

    /**
     * The keys in files. Servers that are in none are refused.
     *
     * @param file what is written to, where something is; need not be there. What is no file, such as {@code /dev/null}, keeps nothing
     * @param more files of all users, which are only read
     * @return the keys
     */
    public static HostKeys inFiles(Path file, Path... more) {
        return inFiles(List.of(file), List.of(more));
    }

    /** The keys in files of a user, of which the first is written to, and in those of all users, which nobody but an administrator writes to. */
    static HostKeys inFiles(List<Path> ofUser, List<Path> ofAll) {
        return new HostKeys(HostKeySettings.inFiles(ofUser, ofAll));
    }

    /**
     * The keys in a text, in the format of the files.
     *
     * @param lines such as {@code example.org ssh-ed25519 AAAA…}
     * @return the keys
     */
    public static HostKeys of(String lines) {
        return new HostKeys(HostKeySettings.inText(Objects.requireNonNull(lines, "lines")));
    }

    /**
     * The keys with certain fingerprints, of whatever server.
     *
     * @param fingerprints as {@code ssh-keygen -l} prints them, {@code SHA256:…}
     * @return the keys
     * @throws IllegalArgumentException if one is not of that form
     */
    public static HostKeys withFingerprints(String... fingerprints) {
        for (String fingerprint : fingerprints) {
            if (!fingerprint.matches(FINGERPRINT)) {
                throw new IllegalArgumentException("hostKeys: " + fingerprint + " is no fingerprint as SHA256:…");
            }
        }
        return new HostKeys(HostKeySettings.withFingerprints(Set.of(fingerprints)));
    }

    /**
     * The same, and whoever comes first is taken for the server and written to the first file: whoever is in between at that time stays there for good. Other keys than that are refused
     * from then on.
     *
     * @return the keys
     */
    public HostKeys acceptingNew() {
        return asking(question -> true);
    }

    /**
     * The same, and somebody is asked about servers of which nothing is known. What is said yes to is written to the first file, if there are files. Never asked about a server
     * with another key than is known.
     *
     * @param decides returns whether the server is trusted; called on a worker, and may block as long as {@link SftpTimeouts#handshake()} allows; what it throws is a no
     * @return the keys
     */
    public HostKeys asking(Predicate<HostKeyQuestion> decides) {
        return new HostKeys(settings.asking(Objects.requireNonNull(decides, "decides")));
    }

    /**
     * The same for one server, which is known by another name than the one that is connected to: it is looked for under that name, whatever its address and port, its certificate has to be for that name, and what is learnt is
     * written down under it. For servers behind tunnels and forwarded ports, and several of them on one address ({@code HostKeyAlias} of ssh_config(5)).
     *
     * @param alias the name, without a port, in whatever case
     * @return the keys
     * @throws IllegalArgumentException if it is nothing that can stand for one server in a file: empty, or with blanks, commas or wildcards in it
     */
    public HostKeys withAlias(String alias) {
        if (!ALIAS.matcher(SftpClient.requireName("alias", alias)).matches()) {
            throw new IllegalArgumentException("hostKeys: \"" + alias + "\" is no name of one server");
        }
        return new HostKeys(settings.withAlias(alias));
    }

    /**
     * The same, with names in what is written down that can be read. By default they are digested, so that who gets the file does not learn where its owner goes.
     *
     * @return the keys
     */
    public HostKeys withReadableNames() {
        return new HostKeys(settings.withHashedNames(false));
    }

    /**
     * The same, and the other keys that a trusted server says it has are written to the first file, once it has proved to have them (OpenSSH's PROTOCOL, section 2.5): so a server can be
     * given a new key without anybody being asked. Not of a server that is known by a certificate, or by files of all users only: there it is an administrator who looks after the keys.
     *
     * @return the keys
     * @throws IllegalStateException if there are no files
     */
    public HostKeys learningNewKeys() {
        if (settings.files().isEmpty()) {
            throw new IllegalStateException("hostKeys: there is no file to write new keys to");
        }
        return new HostKeys(settings.updating());
    }

    HostKeySettings settings() {
        return settings;
    }

    @Override
    public String toString() {
        return "HostKeys" + settings.allFiles();
    }
}

package io.portolan.sftp.client;

import io.portolan.sftp.client.internal.protocol.ServerFacts;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a server has told of itself at the beginning of the session (draft-ietf-secsh-filexfer-13 sections 4 and 5). Immutable. */
public final class ServerFeatures {

    private final ServerFacts facts;

    ServerFeatures(ServerFacts facts) {
        this.facts = facts;
    }

    /**
     * Which version is spoken.
     *
     * @return from 3 to 6
     */
    public int version() {
        return facts.version();
    }

    /**
     * Whether the server has an extension.
     *
     * @param extension its name, such as {@code posix-rename@openssh.com}
     * @return whether it has named it
     */
    public boolean has(String extension) {
        return facts.has(extension);
    }

    /**
     * What the server says of an extension.
     *
     * @param name its name
     * @return what stands behind the name, often a version; each octet is a character
     */
    public Optional<String> extension(String name) {
        return facts.extension(name);
    }

    /**
     * All extensions.
     *
     * @return their names, in alphabetical order
     */
    public Set<String> extensions() {
        return new TreeSet<>(facts.extensions().keySet());
    }

    /**
     * How much is read in one request.
     *
     * @return the octets, as the server has told them, or as every server has to take them
     */
    public int maxRead() {
        return facts.limits().read();
    }

    /**
     * How much is written in one request.
     *
     * @return the octets, as the server has told them, or as every server has to take them
     */
    public int maxWrite() {
        return facts.limits().write();
    }

    @Override
    public String toString() {
        return "SFTP " + version() + " with " + extensions();
    }
}

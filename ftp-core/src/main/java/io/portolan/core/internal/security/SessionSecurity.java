package io.portolan.core.internal.security;

import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import io.portolan.session.Encryption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What protects one session. Event loop only. */
public interface SessionSecurity {

    /**
     * Protects the control connection: puts handlers first in its pipeline. What has been written to the channel before leaves unprotected.
     *
     * @param control the pipeline
     */
    void protectControl(ChannelPipeline control);

    /**
     * Protects a data connection of this session: adds handlers to its pipeline, among them a {@link DataProtectionHandler}.
     *
     * @param data the pipeline, in which nothing stands yet that reads or writes
     * @param incoming whether the peer sends the data, so that it matters whether its end is a real one
     */
    void protectData(ChannelPipeline data, boolean incoming);

    /**
     * Takes the control connection back into the clear (CCC), once the reply to it has been written.
     *
     * @param control the pipeline, which the handlers of {@link #protectControl} leave
     * @return completes when what follows is in the clear
     */
    Future<Void> clearControl(ChannelPipeline control);

    /**
     * Whom the client believes to talk to (TLS's server name).
     *
     * @return the host's name, if it has said one
     */
    Optional<String> serverName();

    /**
     * The client's certificates, if it has shown some and they are trusted.
     *
     * @return the chain, the client's own first; or empty
     */
    List<X509Certificate> clientCertificates();

    /**
     * By what the control connection is encrypted.
     *
     * @return the protocol and the cipher, once they are agreed upon
     */
    default Optional<Encryption> encryption() {
        return Optional.empty();
    }

    /**
     * What tells this session's data connections from those of other sessions before they are protected. Whoever uses it never gets an unprotected connection.
     *
     * @return empty if nothing does, or if other connections than those it would know may be taken
     */
    default Optional<DataClaim> dataClaim() {
        return Optional.empty();
    }

    /** Lets go of what belongs to the session. May be called twice, and while connections of it are still open. */
    void close();
}

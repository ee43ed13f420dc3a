package io.portolan.sftp.client;

import org.jspecify.annotations.Nullable;

/** Tells a password or passphrase when it is needed. */
@FunctionalInterface
public interface SecretSource {

    /**
     * Tells it. Called on a worker, and may block.
     *
     * @param prompt what it is for, for people; characters that terminals act upon are replaced in what comes from servers
     * @return the secret, which is overwritten when it was used; null to give up
     * @throws Exception likewise
     */
    char @Nullable [] secret(String prompt) throws Exception;
}

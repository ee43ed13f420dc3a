package io.portolan.sftp.client;

import org.jspecify.annotations.Nullable;

/** Tells a password or passphrase when it is needed. */
@FunctionalInterface
public interface SecretSource {

    /**
     * Tells it. Called on a worker, and may block. One source may be asked for the secrets of several servers, as where there are jump hosts: what it tells is sent to the server that the prompt names.
     *
     * @param prompt what it is for, for people: the file of the key, or the user and the server, with its port unless that is 22; characters that terminals act upon are replaced in what comes from servers
     * @return the secret, which is overwritten when it was used; null to give up
     * @throws Exception likewise
     */
    char @Nullable [] secret(String prompt) throws Exception;
}

package io.portolan.sftp.client.internal.auth;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** One try to log in by one method. Its calls are made on workers, one at a time, and may block: they sign, and ask people. */
interface Attempt {

    /** Its method, as servers name it. */
    String method();

    /** What it was, for people, without secrets. */
    String description();

    /**
     * What is said first.
     *
     * @return a message, which is overwritten when it is sent
     * @throws Exception if it comes to nothing; the message tells why
     */
    byte[] begin() throws Exception;

    /**
     * The server answers with message 60, of which each method has its own meaning.
     *
     * @param message what is behind the number
     * @return what is said next, as above
     * @throws SshProtocolException if the server breaks the rules, which ends the connection
     * @throws Exception if it comes to nothing; another one is tried
     */
    byte[] answered(SshReader message) throws Exception;
}

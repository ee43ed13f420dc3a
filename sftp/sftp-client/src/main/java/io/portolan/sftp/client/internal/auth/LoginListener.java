package io.portolan.sftp.client.internal.auth;

/** Hears how a login goes. On the event loop. */
public interface LoginListener {

    /** The server has something to say to whoever logs in; harmless for terminals, and limited in all. */
    void banner(String text);

    /** The server has let us in: messages from now on are those of the connection. */
    void loggedIn();

    /** It has come to nothing. */
    void failed(Throwable cause);
}

package io.portolan.sftp.client.internal.connect;

/**
 * The handlers of a connection, in this order:
 *
 * <pre>
 * version     SshVersionHandler         RFC 4253 section 4.2; leaves
 * decoder     SshPacketDecoder          section 6
 * encoder     SshPacketEncoder          section 6
 * transport   SshTransportHandler       sections 7 to 11
 * service     ClientAuthHandler         RFC 4252; when we are logged in it is replaced by
 *             SshConnectionHandler      RFC 4254
 * session     SshClientConnection       hears of what the others tell, and of the end
 * </pre>
 */
final class SshClientPipeline {

    static final String VERSION = "version";
    static final String DECODER = "decoder";
    static final String ENCODER = "encoder";
    static final String TRANSPORT = "transport";
    static final String SERVICE = "service";
    static final String SESSION = "session";

    private SshClientPipeline() {}
}

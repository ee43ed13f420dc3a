package io.portolan.sftp.server.internal.session;

/**
 * The handlers of a connection, in this order:
 *
 * <pre>
 * wire        WireMeter                 counts octets, to see whether the peer reads
 * version     SshVersionHandler         RFC 4253 section 4.2; leaves
 * decoder     SshPacketDecoder          section 6
 * encoder     SshPacketEncoder          section 6
 * transport   SshTransportHandler       sections 7 to 11
 * content     ContentMeter              counts messages of channels, to see whether anything is done
 * service     UserAuthHandler           RFC 4252; when the user is logged in it is replaced by
 *             SshConnectionHandler      RFC 4254
 * session     SftpSessionHandler        hears of what the others tell, and of the end
 * </pre>
 */
final class SshPipeline {

    static final String WIRE = "wire";
    static final String VERSION = "version";
    static final String DECODER = "decoder";
    static final String ENCODER = "encoder";
    static final String TRANSPORT = "transport";
    static final String CONTENT = "content";
    static final String SERVICE = "service";
    static final String SESSION = "session";

    private SshPipeline() {}
}

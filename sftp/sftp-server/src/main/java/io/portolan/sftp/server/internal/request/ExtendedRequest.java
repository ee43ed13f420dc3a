package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** EXTENDED (draft-ietf-secsh-filexfer-02 section 8): looks the name up. Those that are not advertised are not served either. */
final class ExtendedRequest implements RequestHandler {

    /** The longest name of an extension in octets: a name and a DNS domain (RFC 4251 section 6). */
    private static final int MAX_NAME = 320;

    private final Extensions extensions;

    ExtendedRequest(Extensions extensions) {
        this.extensions = extensions;
    }

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        String name = request.reader().readUtf8(MAX_NAME);
        Extension extension = extensions.find(name).orElse(null);
        if (extension == null || !extension.isOffered(channel.services())) {
            throw new RequestFailure(SftpStatus.OP_UNSUPPORTED, "No such extension");
        }
        return extension.handler().plan(request, channel);
    }
}

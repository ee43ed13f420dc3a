package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.AttributeChange;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.FileInfoMapping;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import java.util.OptionalLong;

/**
 * What a request wants to have set.
 *
 * @param size the size, if it is to be set
 * @param change what else
 */
public record Wanted(OptionalLong size, AttributeChange change) {

    /**
     * What attributes want. Set-user-id, set-group-id and sticky are left out.
     *
     * @throws RequestFailure if a value cannot be
     */
    public static Wanted of(SftpAttributes attributes) throws RequestFailure {
        try {
            return new Wanted(attributes.size(), FileInfoMapping.change(attributes, false));
        } catch (IllegalArgumentException e) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "There is no such time");
        }
    }
}

package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpServices;
import java.util.function.Predicate;

/**
 * An extended request.
 *
 * @param name its name, as EXTENDED has it
 * @param data what VERSION tells of it: of OpenSSH's extensions a version number in digits
 * @param offer whether a session's file system can do it: only then it is advertised, and served
 * @param handler what serves it; the request's reader stands behind the name
 */
record Extension(String name, String data, Predicate<SftpServices> offer, RequestHandler handler) {

    boolean isOffered(SftpServices services) {
        return offer.test(services);
    }
}

/** TLS for FTP, server and client. Nothing is here yet. */
module io.portolan.ftps {
    requires static transitive org.jspecify;
}

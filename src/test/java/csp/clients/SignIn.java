package csp.clients;

/** How a program gets the token of a person that the libraries are handed from outside. */
final class SignIn {

    private SignIn() {}

    static String asUser(Wire wire, ClientWorld world) {
        return wire.send("""
                        POST /%s/oauth2/token HTTP/1.1
                        Host: login.microsoftonline.com
                        Content-Type: application/x-www-form-urlencoded
                        Content-Length: {length}

                        resource=https%%3A%%2F%%2Fapi.partnercenter.microsoft.com&client_id=%s&grant_type=password&username=%s&password=%s\
                        &scope=openid""".formatted(
                        world.domain, ClientWorld.PUBLIC_CLIENT, world.user.replace("@", "%40"), ClientWorld.SECRET))
                .expect(200)
                .json()
                .path("access_token")
                .asText();
    }
}

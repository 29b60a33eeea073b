// Writes callbacks as whole HTTP requests, each behind a line with its length: what wrk and bench-open-loop post.
//   bench-make-callbacks FILE COUNT FIRST_MSGID CONTACTS CUSTOMERS
#include "callback_stream.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>

namespace {

std::string http_of(const std::string& customer, const wechat::codec::CallbackRequest& request)
{
    std::string text = "POST /wechat/" + customer + '?' + request.query;
    text += " HTTP/1.1\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\nHost: 127.0.0.1\r\nPragma: no-cache\r\n"
            "Connection: Keep-Alive\r\nContent-Type: text/xml\r\nContent-Length: ";
    return text + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 6) {
        std::cerr << "bench-make-callbacks FILE COUNT FIRST_MSGID CONTACTS CUSTOMERS\n";
        return 2;
    }
    const auto number = [&](int i) { return std::strtoull(argv[i], nullptr, 10); };
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const bench::Crowd crowd{.first_id = number(3), .contacts = number(4), .customers = number(5)};
    bench::CallbackStream callbacks{crowd, now};
    std::ofstream file{argv[1], std::ios::binary};
    for (auto left = number(2); left > 0; --left) {
        const auto customer = callbacks.customer();
        const auto request = http_of(customer, callbacks.next());
        file << request.size() << '\n' << request;
    }
    file.close();
    return file ? 0 : 1;
}

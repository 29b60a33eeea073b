/// One account that talks to one contact, and uploads files.
#pragma once

#include "one_account.hpp"

#include <string>

namespace simulator::test {

inline const std::string jpeg = "\xff\xd8\xff\xe0 a picture";
inline const std::string amr = "#!AMR\n";
inline const std::string mp4 = std::string{"\0\0\0\x18", 4} + "ftypmp42";

/// A multipart body whose boundary is "line".
inline std::string
form(const std::string& bytes, const std::string& name = "media", const std::string& file = "a.jpg")
{
    return "--line\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file
         + "\"\r\nContent-Type: image/jpeg\r\n\r\n" + bytes + "\r\n--line--\r\n";
}

/// The contact has written, so that there are slots.
struct Talking : OneAccount {
    explicit Talking(Rules rules = {.clock = Clock::Kind::standing}) : OneAccount(rules)
    {
        contact_writes("Hello");
    }

    boost::json::object
    post_form(const std::string& path, const std::string& more, const std::string& body, bool chunked = false)
    {
        const auto answer = answer_api(
            platform,
            {.method = "POST",
             .path = path,
             .query = with_token() + more,
             .content_type = "multipart/form-data; boundary=line",
             .body = body,
             .chunked = chunked}
        );
        return object_in(answer.body);
    }

    boost::json::object upload(const std::string& type, const std::string& body, bool chunked = false)
    {
        return post_form("/cgi-bin/media/upload", "&type=" + type, body, chunked);
    }

    std::string uploaded(const std::string& type, const std::string& bytes)
    {
        const auto answer = upload(type, form(bytes));
        return std::string{answer.at(type == "thumb" ? "thumb_media_id" : "media_id").as_string()};
    }

    std::int64_t fault_of_upload(const std::string& type, const std::string& body)
    {
        return errcode(upload(type, body));
    }

    /// The errcode of a POST with a token.
    std::int64_t post(const std::string& path, const std::string& body)
    {
        return errcode(ask("POST", "/cgi-bin/" + path, with_token(), body));
    }

    std::int64_t typing(const std::string& command)
    {
        return post("message/custom/typing", R"({"touser":"o1","command":")" + command + R"("})");
    }
};

/// A body of custom/send to the contact.
inline std::string message(const std::string& msgtype, const std::string& object)
{
    return R"({"touser":"o1","msgtype":")" + msgtype + R"(",")" + msgtype + "\":" + object + "}";
}

}  // namespace simulator::test

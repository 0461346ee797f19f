"""Signs an XML document and verifies it, with what the layer xmlsec brings."""
import xmlsec
import xmltodict
from lxml import etree

SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"

# A key for this process only; a real function gets its own from a secret store.
KEY = xmlsec.Key.generate(xmlsec.constants.KeyDataRsa, 2048, xmlsec.constants.KeyDataTypeSession)


def handler(event, context):
    signed = sign(event["document"])
    forged = signed.replace(event["forge"]["from"], event["forge"]["to"])
    return {
        "digest": etree.fromstring(signed).findtext(".//{}DigestValue".format(SIGNATURE)),
        "genuine": is_genuine(signed),
        "forgeryIsGenuine": is_genuine(forged),
        "content": content(signed),
    }


def sign(document):
    """The document with an enveloped signature as its last element."""
    root = etree.fromstring(document)
    signature = xmlsec.template.create(
        root, xmlsec.constants.TransformExclC14N, xmlsec.constants.TransformRsaSha256
    )
    root.append(signature)
    reference = xmlsec.template.add_reference(signature, xmlsec.constants.TransformSha256, uri="")
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
    signing = xmlsec.SignatureContext()
    signing.key = KEY
    signing.sign(signature)
    return etree.tostring(root, encoding="unicode")


def is_genuine(document):
    """Whether the document is what was signed."""
    verifying = xmlsec.SignatureContext()
    verifying.key = KEY
    try:
        verifying.verify(xmlsec.tree.find_node(etree.fromstring(document), "Signature"))
    except xmlsec.VerificationError:
        return False
    return True


def content(document):
    """The document without its signature, as plain data."""
    root = etree.fromstring(document)
    root.remove(root.find("{}Signature".format(SIGNATURE)))
    return xmltodict.parse(etree.tostring(root))

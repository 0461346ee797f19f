handler = {"statusCode": 200}
